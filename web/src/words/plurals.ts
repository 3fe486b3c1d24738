/* What many rows of a record are called in English, where it is not their path with spaces. Chinese needs no plural. */
export const plurals: Record<string, string> = {
	org: 'organisations', site: 'firms and sites', risk: 'risk levels', zone_member: 'parts of zones', level: 'levels of areas', round: 'patrol rounds',
	need_class: 'time limits', need_kind: 'kinds of needs', need_part: 'assistance', report: 'urgent reports', report_kind: 'kinds of urgent news',
	merge: 'merges of entries',
	delivery: 'deliveries of policies', policy_firm: 'policies by firm', policy_payment: 'policy payments', grant_list: 'lists without applications', policy_question: 'questions on policies',
	team_member: 'members of teams',
	site_invite: 'invitations of firms',
	team_site: 'sites of teams',
	care: 'care given',
	leave: 'leave', claim: 'claims of posts',
	filing: 'filings to resume', filing_batch: 'batches of returning staff', filing_route: 'filing routes', filing_reason: 'reasons for returning filings',
	post_kind: 'kinds of posts',
	policy: 'policies', fact: 'facts of sites', fact_kind: 'kinds of facts',
	loan: 'loans and insurance', loan_offer: 'answers of banks', loan_payment: 'payments', loan_reason: 'why loans are refused', product: 'products', plan: 'plans and key projects', plan_day: 'days of plans',
	meter: 'electricity baselines', meter_day: 'electricity by day', line: 'capacity lines',
	holiday: 'calendar days', setting: 'settings', template: 'checklists', template_version: 'editions of checklists',
	attestation: 'attestations of temperatures', worker_link: 'links of workers', health_remark: 'remarks on daily rounds',
};
