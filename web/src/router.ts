import { createRouter, createWebHistory } from 'vue-router';
import { loadDeclarations } from './state/declarations';
import { dropOldAnswers } from './state/last';
import { startOutbox } from './state/outbox';
import { loadSession, ownSites, signedIn } from './state/session';
import { carryWhere } from './state/where';

export const router = createRouter({
	history: createWebHistory(),
	routes: [
		{ path: '/sign-in', component: () => import('./pages/SignIn.vue'), meta: { open: true } },
		{ path: '/setup', component: () => import('./pages/FirstSetup.vue'), meta: { open: true } },
		{ path: '/invite', component: () => import('./pages/InvitePage.vue'), meta: { open: true } },
		{ path: '/join', component: () => import('./pages/JoinList.vue'), meta: { open: true } },
		{ path: '/join/:id', component: () => import('./pages/JoinPage.vue'), props: true, meta: { open: true } },
		{ path: '/join/mine/:id', component: () => import('./pages/JoinOwn.vue'), props: true, meta: { open: true } },
		{ path: '/verify/:mark', component: () => import('./pages/VerifyPage.vue'), props: true, meta: { open: true } },
		{ path: '/filing', component: () => import('./pages/FilingState.vue'), meta: { open: true } },
		{ path: '/filing/:number', component: () => import('./pages/FilingState.vue'), props: true, meta: { open: true } },
		{ path: '/enter/:id', component: () => import('./pages/FirmEnter.vue'), props: true, meta: { open: true } },
		{ path: '/well/:id', component: () => import('./pages/WorkerHealth.vue'), props: true, meta: { open: true } },
		{ path: '/password', component: () => import('./pages/PasswordPage.vue') },
		{ path: '/', component: () => import('./pages/TodayPage.vue') },
		{ path: '/my/shifts', component: () => import('./pages/MyShifts.vue') },
		{ path: '/my/policies', component: () => import('./pages/MyPolicies.vue') },
		{ path: '/to-tell', component: () => import('./pages/ToTell.vue') },
		{ path: '/overview', component: () => import('./pages/OverviewPage.vue') },
		{ path: '/figure/:measure', component: () => import('./pages/FigurePage.vue'), props: true },
		{ path: '/staff', component: () => import('./pages/StaffPage.vue') },
		{ path: '/staff/new', component: () => import('./pages/StaffNew.vue') },
		{ path: '/staff/:id/fill', component: () => import('./pages/StaffFill.vue'), props: true },
		{ path: '/gate', component: () => import('./pages/GatePage.vue') },
		{ path: '/bindings', component: () => import('./pages/BindingsPage.vue') },
		{ path: '/coverage', component: () => import('./pages/CoveragePage.vue') },
		{ path: '/gaps', component: () => import('./pages/RecordList.vue'), props: { plural: 'posts', fixed: { short: '1' } } },
		{ path: '/grids', component: () => import('./pages/RecordList.vue'), props: { plural: 'areas', fixed: { level: '6' } } },
		{ path: '/needs', component: () => import('./pages/NeedsBoard.vue') },
		{ path: '/loans', component: () => import('./pages/LoansBoard.vue') },
		{ path: '/bank', component: () => import('./pages/BankLoans.vue') },
		{ path: '/plans/day', component: () => import('./pages/PlansDay.vue') },
		{ path: '/lines', component: () => import('./pages/LinesPage.vue') },
		{ path: '/power', component: () => import('./pages/PowerPage.vue') },
		{ path: '/checks/fill', component: () => import('./pages/CheckStart.vue') },
		{ path: '/checks/fill/:id', component: () => import('./pages/CheckFill.vue'), props: true },
		{ path: '/templates', component: () => import('./pages/TemplateList.vue') },
		{ path: '/templates/:id', component: () => import('./pages/TemplateEditor.vue'), props: true },
		{ path: '/policies/:id', component: () => import('./pages/PolicyPage.vue'), props: true },
		{ path: '/dispatch', component: () => import('./pages/DispatchPage.vue') },
		{ path: '/serving', component: () => import('./pages/ServingPage.vue') },
		{ path: '/roster', component: () => import('./pages/RosterPage.vue') },
		{ path: '/thanks', component: () => import('./pages/ThanksPage.vue') },
		{ path: '/health', component: () => import('./pages/HealthFirms.vue') },
		{ path: '/health/:id', component: () => import('./pages/HealthRound.vue'), props: true },
		{ path: '/desk/:id', component: () => import('./pages/DeskPage.vue'), props: true },
		{ path: '/returns', component: () => import('./pages/ReturnPage.vue') },
		{ path: '/returns/missing', component: () => import('./pages/MissingPage.vue') },
		{ path: '/tokens', component: () => import('./pages/TokensPage.vue') },
		{ path: '/r/templates', redirect: '/templates' },
		{ path: '/r/template_versions', redirect: '/templates' },
		{ path: '/r/templates/new', redirect: '/templates/new' },
		{ path: '/r/templates/:id', redirect: (to) => `/templates/${String(to.params['id'])}` },
		{ path: '/filings/fill', component: () => import('./pages/FilingPage.vue') },
		{ path: '/filings/:id', component: () => import('./pages/FilingReview.vue'), props: true },
		{ path: '/r/filings/new', redirect: (to) => ({ path: '/filings/fill', query: to.query }) },
		{ path: '/r/filings/:id', redirect: (to) => `/filings/${String(to.params['id'])}` },
		{ path: '/r/:plural', component: () => import('./pages/RecordList.vue'), props: true },
		{ path: '/r/:plural/new', component: () => import('./pages/RecordNew.vue'), props: true },
		{ path: '/r/:plural/:id', component: () => import('./pages/RecordDetail.vue'), props: true },
		{ path: '/:rest(.*)*', component: () => import('./pages/NotFound.vue') },
	],
});

let started = false;

async function start(): Promise<void> {
	await loadDeclarations();
	if (started)
		return;
	started = true;
	startOutbox();
	void dropOldAnswers();
}

router.beforeEach(async (to, from) => {
	if (to.meta['open'])
		return true;
	await loadSession();
	if (!signedIn.value)
		return { path: '/sign-in', query: to.path === '/' ? {} : { next: to.fullPath } };
	await start();
	// The rates are of areas: who answers for a firm alone is at home on Today.
	if (to.path === '/overview' && ownSites.value.length)
		return { path: '/', replace: true };
	// Whose only firm it is goes to its round at once.
	if (to.path === '/health' && ownSites.value.length === 1)
		return { path: `/health/${ownSites.value[0]!.id}`, query: to.query, replace: true };
	const query = carryWhere(to.query, from.query);
	return query ? { path: to.path, query, hash: to.hash, replace: true } : true;
});

// The page scrolls inside <main>: going back finds its place again, a new page starts at the top.
const places = new Map<string, number>();
const placeKey = () => String((history.state as { position?: number } | null)?.position ?? 0);
let left = '';
let wentBack = false;
addEventListener('popstate', () => { wentBack = true; });
router.beforeEach(() => {
	const main = document.getElementById('main');
	if (main)
		places.set(left, main.scrollTop);
});
router.afterEach((to, from) => {
	left = placeKey();
	const top = wentBack ? (places.get(left) ?? 0) : 0;
	wentBack = false;
	if (to.path !== from.path)
		setTimeout(() => document.getElementById('main')?.scrollTo({ top }), 60);
});
