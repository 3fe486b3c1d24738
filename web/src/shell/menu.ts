import { computed } from 'vue';
import { declarations, mayRead, mayWrite, pluralOf, titleMany } from '@/state/declarations';
import { may, ownSites, session } from '@/state/session';
import { t } from '@/words';

/* The menu by work. A section shows when one of its tabs does, a tab when its record is declared and readable. */

export type Tab = { key: string; label: string; path: string; query?: Record<string, string> };
export type Section = { key: string; label: string; path: string; tabs: Tab[] };

type Plan = { key: string; record?: string; path?: string; query?: Record<string, string>; write?: boolean; right?: string; ofArea?: boolean };

const plans: Record<string, Plan[]> = {
	today: [{ key: 'today', path: '/' }],
	mine: [{ key: 'mine', path: '/my/shifts' }],
	overview: [{ key: 'overview', path: '/overview' }],
	firms: [{ key: 'sites', record: 'site' }, { key: 'coverage', record: 'link', path: '/coverage' }, { key: 'links', record: 'link' }, { key: 'siteInvites', record: 'site_invite' }],
	filing: [
		{ key: 'fileFirm', record: 'filing', path: '/filings/fill', write: true }, { key: 'filings', record: 'filing' }, { key: 'batches', record: 'filing_batch' }, { key: 'trainings', record: 'training' }, { key: 'filingRoutes', record: 'filing_route' },
	],
	workers: [
		{ key: 'staff', record: 'staff', path: '/staff' }, { key: 'staffFiles', record: 'staff' }, { key: 'gate', record: 'gate_entry', path: '/gate' },
		{ key: 'gateEntries', record: 'gate_entry' }, { key: 'gateWatches', record: 'gate_watch' }, { key: 'tests', record: 'test_batch' },
	],
	health: [
		{ key: 'health', record: 'health', path: '/health' }, { key: 'healthRecords', record: 'health' }, { key: 'attestations', record: 'attestation' },
		{ key: 'workerLinks', record: 'worker_link' }, { key: 'healthRemarks', record: 'health_remark' },
	],
	policies: [
		{ key: 'policies', record: 'policy' }, { key: 'facts', record: 'fact' },
		{ key: 'myPolicies', record: 'delivery', path: '/my/policies', right: 'delivery.apply' }, { key: 'toTell', record: 'delivery', path: '/to-tell', write: true }, { key: 'deliveries', record: 'delivery' }, { key: 'policyFirms', record: 'policy_firm', ofArea: true },
		{ key: 'grantLists', record: 'grant_list', ofArea: true }, { key: 'policyQuestions', record: 'policy_question' }, { key: 'policyPayments', record: 'policy_payment' },
	],
	loans: [
		{ key: 'bank', record: 'loan_offer', right: 'loan.offer', path: '/bank' }, { key: 'loansBoard', record: 'loan', path: '/loans' }, { key: 'loans', record: 'loan' }, { key: 'loanOffers', record: 'loan_offer' }, { key: 'loanPayments', record: 'loan_payment' },
	],
	plans: [
		{ key: 'plansDay', record: 'plan', path: '/plans/day' }, { key: 'plans', record: 'plan' }, { key: 'milestones', record: 'milestone' }, { key: 'planDays', record: 'plan_day' }, { key: 'linesBy', record: 'line', path: '/lines' },
		{ key: 'lines', record: 'line' },
	],
	needs: [{ key: 'board', record: 'need', path: '/needs' }, { key: 'list', record: 'need' }, { key: 'parts', record: 'need_part' }, { key: 'reports', record: 'report' }, { key: 'appointments', record: 'appointment' }],
	checks: [
		{ key: 'fill', record: 'check', path: '/checks/fill', write: true }, { key: 'checks', record: 'check' }, { key: 'findings', record: 'finding' },
		{ key: 'interviews', record: 'interview' }, { key: 'rounds', record: 'round' }, { key: 'templates', record: 'template', path: '/templates' },
	],
	returns: [{ key: 'returns', record: 'daily', path: '/returns' }, { key: 'allReturns', record: 'daily' }, { key: 'siteDays', record: 'site_day' }],
	neighbourhood: [
		{ key: 'areas', record: 'area' }, { key: 'grids', record: 'area', path: '/grids' }, { key: 'zones', record: 'zone' }, { key: 'risks', record: 'risk' },
		{ key: 'bindings', record: 'binding', path: '/bindings' }, { key: 'bindingList', record: 'binding' },
	],
	people: [
		{ key: 'appeals', record: 'appeal' }, { key: 'pledges', record: 'pledge' }, { key: 'posts', record: 'post' }, { key: 'gaps', record: 'post', path: '/gaps' }, { key: 'dispatch', record: 'assignment', path: '/dispatch', write: true },
		{ key: 'assignments', record: 'assignment' }, { key: 'claims', record: 'claim' }, { key: 'teams', record: 'team' }, { key: 'persons', record: 'person' }, { key: 'orgs', record: 'org' },
	],
	duty: [
		{ key: 'roster', record: 'shift', path: '/roster' }, { key: 'shifts', record: 'shift' }, { key: 'swaps', record: 'swap' }, { key: 'leaves', record: 'leave' }, { key: 'serving', record: 'assignment', path: '/serving' },
		{ key: 'care', record: 'care' }, { key: 'subsidies', record: 'subsidy' }, { key: 'certificates', record: 'certificate' }, { key: 'thanks', record: 'post', path: '/thanks' },
	],
	setup: [
		{ key: 'users', record: 'user' }, { key: 'grants', record: 'grant' }, { key: 'tokens', path: '/tokens' },
		{ key: 'settings', record: 'setting' }, { key: 'kinds', record: 'need_kind' }, { key: 'classes', record: 'need_class' }, { key: 'newsKinds', record: 'report_kind' }, { key: 'postKinds', record: 'post_kind' },
		{ key: 'factKinds', record: 'fact_kind' },
		{ key: 'holidays', record: 'holiday' }, { key: 'filingReasons', record: 'filing_reason' }, { key: 'levels', record: 'level' },
		{ key: 'loanReasons', record: 'loan_reason' }, { key: 'products', record: 'product' }, { key: 'meters', record: 'meter', write: true }, { key: 'meterDays', record: 'meter_day', write: true },
	],
};

const planned = new Set(Object.values(plans).flatMap((tabs) => tabs.map((one) => one.record)).concat('comment', 'template_version', 'notice', 'zone_member', 'team_member', 'team_site', 'deed', 'merge', 'blocker'));

function tabOf(plan: Plan): Tab | null {
	if (!plan.record)
		return { key: plan.key, label: t(plan.key === 'tokens' ? 'tab.tokens' : `menu.${plan.key}`), path: plan.path ?? '/' };
	// Others come to the form of a firm from its page, or from the list.
	if (plan.key === 'fileFirm' && !ownSites.value.length)
		return null;
	// What is of an area says nothing to those of one firm.
	if (plan.ofArea && ownSites.value.length)
		return null;
	const plural = pluralOf(plan.record);
	const allowed = plan.right ? may(plan.right) : plan.write ? mayWrite(plan.record) : mayRead(plan.record);
	if (!plural || !allowed)
		return null;
	return { key: plan.key, label: t(`tab.${plan.key}`), path: plan.path ?? `/r/${plural}` };
}

function otherTabs(): Tab[] {
	return declarations.value.records
		.filter((one) => !planned.has(one.name) && !one.inner && may(one.read))
		.map((one) => ({ key: one.name, label: titleMany(one), path: `/r/${one.plural}` }));
}

export const sections = computed<Section[]>(() => {
	const found: Section[] = [];
	for (const [key, tabs] of Object.entries(plans)) {
		// The rates are of areas.
		if (key === 'overview' && ownSites.value.length)
			continue;
		// Shifts of one's own has who stands for a person.
		if (key === 'mine' && !session.value?.user.person)
			continue;
		const shown = tabs.map(tabOf).filter((one) => one !== null);
		if (key === 'setup')
			shown.push(...otherTabs());
		if (shown.length)
			found.push({ key, label: t(`menu.${key}`), path: shown[0]!.path, tabs: shown });
	}
	return found;
});

// Reached from the page of another record: its tab stays lit.
const inside: Record<string, string> = { zone_members: '/r/zones', team_members: '/r/teams', team_sites: '/r/teams', deeds: '/r/teams', merges: '/r/people', blockers: '/r/plans', template_versions: '/templates' };
// Policies have a page of their own for their conditions, firms one for what is due of them.
const pages: Record<string, string> = { policies: '/r/policies', desk: '/r/sites' };

function within(path: string, base: string): boolean {
	const at = path.startsWith('/filings/') && !(path === '/filings/fill' && ownSites.value.length) ? '/r/filings'
		: (pages[path.split('/')[1] ?? ''] ?? inside[path.split('/')[2] ?? ''] ?? path);
	return at === base || (base !== '/' && at.startsWith(`${base}/`));
}

export function sectionAt(path: string): Section | undefined {
	return sections.value.find((one) => one.tabs.some((tab) => within(path, tab.path)));
}

export function tabAt(section: Section, path: string): Tab | undefined {
	return section.tabs.findLast((tab) => within(path, tab.path));
}
