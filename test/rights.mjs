// Who may do what, written by hand from the rules of the house and held against the program: test/story/rights.test.mjs walks every route
// that the program declares and fails on one that is not named here. Never made from src/app/rights.def: two hands, so that one slip shows.

export const roles = ['administrator', 'command', 'officer', 'liaison', 'department', 'enterprise', 'auditor'];

// An administrator keeps users, areas, checklists and limits, and has no business with the work itself or with private values. Command sees
// its subtree, assigns, orders, seals. Officers keep the register, choose liaisons among the
// accounts of their area, check, recheck, hand needs on. Liaisons check, hear needs, report. Departments
// take needs over. A firm tells its own state, confirms checks, puts findings right, raises and confirms needs. Auditors read everything and
// write nothing.
const table = `
  right             adm com off lia dep ent aud
  area.read          1   1   1   1   1   1   1
  area.write         1   1   0   0   0   0   0
  user.read          1   1   1   0   0   0   1
  user.write         1   0   0   0   0   0   0
  setting.write      1   0   0   0   0   0   0
  org.read           1   1   1   1   1   1   1
  org.write          1   1   0   0   0   0   0
  person.read        0   1   1   1   0   0   1
  person.write       0   1   1   0   0   0   0
  post.read          0   1   1   1   1   0   1
  post.write         0   1   1   0   0   0   0
  shift.attend       0   1   1   1   0   0   0
  care.read          0   1   1   1   0   0   1
  care.write         0   1   1   0   0   0   0
  subsidy.approve    0   1   0   0   0   0   0
  private.see        0   1   1   1   1   1   1
  site.read          1   1   1   1   1   1   1
  site.write         0   1   1   0   0   0   0
  site.tell          0   1   1   1   0   1   0
  site.invite        0   1   1   1   0   0   0
  link.read          1   1   1   1   1   1   1
  link.write         0   1   1   0   0   0   0
  template.read      1   1   1   1   1   1   1
  template.write     1   1   0   0   0   0   0
  check.read         0   1   1   1   0   1   1
  check.write        0   1   1   1   0   0   0
  check.confirm      0   0   0   0   0   1   0
  finding.rectify    0   1   1   1   0   1   0
  finding.recheck    0   1   1   0   0   0   0
  health.read        0   1   1   1   0   1   1
  health.write       0   1   1   1   0   0   0
  staff.read         0   1   1   1   0   1   1
  staff.write        0   1   1   1   0   1   0
  filing.read        0   1   1   1   1   1   1
  filing.write       0   1   1   1   0   1   0
  filing.review      0   1   1   0   0   0   0
  filing.approve     0   1   1   0   0   0   0
  health.tell        0   1   1   1   0   1   0
  health.doubt       0   1   1   1   0   0   1
  health.look        0   1   1   1   0   0   0
  need.read          0   1   1   1   1   1   1
  need.write         0   1   1   1   1   1   0
  need.assign        0   1   1   0   0   0   0
  need.work          0   1   1   1   1   0   0
  need.confirm       0   0   1   1   0   1   0
  need.order         0   1   0   0   0   0   0
  loan.read          0   1   1   1   1   1   1
  loan.raise         0   0   1   1   0   1   0
  loan.invite        0   1   1   0   1   0   0
  loan.offer         0   0   0   0   1   0   0
  loan.accept        0   0   0   0   0   1   0
  plan.read          0   1   1   1   1   1   1
  plan.write         0   1   1   0   0   0   0
  plan.tell          0   1   1   1   1   1   0
  urgent.read        0   1   1   1   1   1   1
  urgent.write       0   1   1   1   0   1   0
  return.read        0   1   1   1   0   1   1
  return.write       0   1   1   0   0   1   0
  return.seal        0   1   0   0   0   0   0
  policy.read        0   1   1   1   1   1   1
  policy.write       0   1   0   0   1   0   0
  fact.write         0   1   1   1   1   1   0
  delivery.read      0   1   1   1   1   1   1
  delivery.write     0   0   1   1   0   0   0
  delivery.apply     0   0   0   0   0   1   0
  delivery.decide    0   0   0   0   1   0   0
  figure.read        1   1   1   1   1   1   1
  history.read       1   1   0   0   0   0   1
  file.write         1   1   1   1   1   1   0
`;

/** right -> the roles that have it. */
export const rights = Object.fromEntries(
  table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .map(([right, ...bits]) => [right, new Set(roles.filter((_, i) => bits[i] === '1'))]),
);

/** Every record by its plural: the rights to read and write it, its steps. open: read by everybody signed in. whole: kept for the whole tree. */
export const records = {
  areas: { read: 'area.read', write: 'area.write', steps: { move: 'area.write', merge: 'area.write' } },
  levels: { read: 'area.read', write: 'setting.write', open: true, whole: true },
  users: { read: 'user.read', write: 'user.write', steps: { close: 'user.write', reopen: 'user.write' } },
  grants: { read: 'user.read', write: 'user.write' },
  orgs: { read: 'org.read', write: 'org.write', open: true },
  people: { read: 'person.read', write: 'person.write' },
  sites: { read: 'site.read', write: 'site.write', steps: { tell: 'site.tell' } },
  links: { read: 'link.read', write: 'link.write' },
  templates: { read: 'template.read', write: 'template.write', open: true, steps: { close: 'template.write', open: 'template.write' } },
  template_versions: { read: 'template.read', write: 'template.write', open: true, steps: { publish: 'template.write' } },
  post_kinds: { read: 'area.read', write: 'setting.write', open: true, whole: true },
  appeals: { read: 'post.read', write: 'post.write', steps: { publish: 'post.write', close: 'post.write', open: 'post.write' } },
  pledges: {
    read: 'person.read',
    write: 'person.write',
    steps: { approve: 'post.write', decline: 'post.write', withdraw: 'person.write', renew: 'person.write' },
  },
  posts: { read: 'post.read', write: 'post.write' },
  assignments: { read: 'person.read', write: 'post.write', steps: { tell: 'post.write' } },
  teams: { read: 'post.read', write: 'post.write' },
  team_members: { read: 'person.read', write: 'post.write' },
  team_sites: { read: 'post.read', write: 'post.write' },
  deeds: { read: 'post.read', write: 'post.write' },
  certificates: { read: 'person.read', write: 'post.write' },
  care_given: { read: 'care.read', write: 'care.write' },
  claims: { read: 'person.read', write: 'post.write', steps: { confirm: 'post.write', refuse: 'post.write', hand_back: 'post.write' } },
  leaves: { read: 'person.read', write: 'person.write', steps: { grant: 'post.write', refuse: 'post.write', back: 'post.write', withdraw: 'person.write' } },
  merges: { read: 'person.read', write: 'person.write' },
  subsidies: {
    read: 'care.read',
    write: 'care.write',
    steps: { approve: 'subsidy.approve', pay: 'care.write', refuse: 'subsidy.approve', reopen: 'subsidy.approve' },
  },
  fact_kinds: { read: 'area.read', write: 'setting.write', open: true, whole: true },
  facts: { read: 'policy.read', write: 'fact.write' },
  policies: { read: 'policy.read', write: 'policy.write', open: true, steps: { publish: 'policy.write', end: 'policy.write', draft: 'policy.write' } },
  shifts: { read: 'person.read', write: 'post.write', steps: { come: 'shift.attend', leave: 'shift.attend', miss: 'post.write' } },
  swaps: { read: 'person.read', write: 'shift.attend', steps: { accept: 'shift.attend', confirm: 'post.write', refuse: 'post.write', withdraw: 'shift.attend' } },
  rounds: { read: 'check.read', write: 'finding.recheck' },
  checks: { read: 'check.read', write: 'check.write', steps: { sign: 'check.write', confirm: 'check.confirm', confirm_here: 'check.write' } },
  findings: {
    read: 'check.read',
    write: 'check.write',
    steps: {
      rectify: 'finding.rectify',
      close: 'finding.recheck',
      send_back: 'finding.recheck',
      ask_extension: 'finding.rectify',
      extend: 'finding.recheck',
      decline: 'finding.recheck',
      escalate: 'check.write',
      hand_on: 'finding.recheck',
    },
  },
  interviews: { read: 'check.read', write: 'finding.recheck' },
  health_records: { read: 'health.read', write: 'health.write' },
  staff_files: { read: 'staff.read', write: 'staff.write', steps: { release: 'staff.write', leave: 'staff.write', transfer: 'staff.write' } },
  attestations: { read: 'health.read', write: 'health.tell' },
  site_invites: { read: 'site.invite', write: 'site.invite', steps: { revoke: 'site.invite' } },
  worker_links: { read: 'health.read', write: 'health.tell', steps: { revoke: 'health.tell' } },
  health_remarks: { read: 'health.doubt', write: 'health.look', steps: { look: 'health.look' } },
  gate_entries: { read: 'staff.read', write: 'staff.write', steps: { out: 'staff.write' } },
  gate_watches: { read: 'staff.read', write: 'staff.write', steps: { end: 'staff.write' } },
  test_batches: { read: 'staff.read', write: 'staff.write' },
  bindings: { read: 'staff.read', write: 'staff.write' },
  needs: {
    read: 'need.read',
    write: 'need.write',
    steps: {
      assign: 'need.assign',
      take: 'need.work',
      wait: 'need.work',
      go_on: 'need.work',
      bounce: 'need.work',
      ask_extension: 'need.work',
      grant_extension: 'need.assign',
      refuse_extension: 'need.assign',
      order: 'need.order',
      resolve: 'need.work',
      confirm: 'need.confirm',
      reopen: 'need.confirm',
      relieve: 'need.write',
      take_over: 'need.write',
    },
  },
  need_parts: { read: 'need.read', write: 'need.work', steps: { take: 'need.work', answer: 'need.work', ask_again: 'need.work' } },
  filings: {
    read: 'filing.read',
    write: 'filing.write',
    steps: {
      submit: 'filing.write',
      take: 'filing.review',
      approve: 'filing.approve',
      inspect: 'filing.review',
      send_back: 'filing.review',
      refuse: 'filing.approve',
      acknowledge: 'filing.review',
      fulfil: 'filing.write',
      change_batch: 'filing.write',
      complete: 'filing.approve',
      suspend: 'filing.approve',
      lift: 'filing.approve',
      withdraw: 'filing.write',
    },
  },
  filing_batches: { read: 'filing.read', write: 'filing.write' },
  filing_routes: { read: 'filing.read', write: 'filing.approve' },
  filing_reasons: { read: 'area.read', write: 'setting.write', open: true, whole: true },
  trainings: { read: 'filing.read', write: 'filing.write' },
  loans: { read: 'loan.read', write: 'loan.raise', steps: { invite: 'loan.invite', withdraw: 'loan.raise' } },
  loan_offers: {
    read: 'loan.read',
    write: 'loan.invite',
    steps: { offer: 'loan.offer', decline: 'loan.offer', accept: 'loan.accept', approve: 'loan.offer', refuse: 'loan.offer', pay: 'loan.offer' },
  },
  loan_payments: { read: 'loan.read', write: 'loan.offer' },
  loan_reasons: { read: 'area.read', write: 'setting.write', open: true, whole: true },
  products: { read: 'area.read', write: 'setting.write', open: true, whole: true },
  plans: { read: 'plan.read', write: 'plan.write', steps: { finish: 'plan.write', drop: 'plan.write', reopen: 'plan.write' } },
  milestones: { read: 'plan.read', write: 'plan.write', steps: { done: 'plan.tell', undo: 'plan.write' } },
  plan_days: { read: 'plan.read', write: 'plan.tell' },
  blockers: { read: 'plan.read', write: 'plan.tell' },
  lines: { read: 'plan.read', write: 'plan.write', steps: { tell: 'plan.tell' } },
  meters: { read: 'site.read', write: 'site.write' },
  meter_days: { read: 'site.read', write: 'site.write' },
  appointments: {
    read: 'need.read',
    write: 'need.write',
    steps: { offer: 'need.work', take: 'need.write', held: 'need.work', missed: 'need.work', cancel: 'need.write' },
  },
  need_kinds: { read: 'area.read', write: 'setting.write', open: true, whole: true },
  need_classes: { read: 'area.read', write: 'setting.write', open: true, whole: true },
  holidays: { read: 'area.read', write: 'setting.write', open: true, whole: true },
  zones: { read: 'area.read', write: 'area.write' },
  zone_members: { read: 'area.read', write: 'area.write' },
  risks: { read: 'area.read', write: 'area.write' },
  setting_values: { read: 'area.read', write: 'setting.write', open: true, whole: true },
  report_kinds: { read: 'area.read', write: 'setting.write', open: true, whole: true },
  reports: { read: 'urgent.read', write: 'urgent.write' },
  site_days: { read: 'return.read', write: 'return.write' },
  returns: {
    read: 'return.read',
    write: 'return.write',
    steps: {
      submit: 'return.write',
      check: 'return.write',
      sign: 'return.seal',
      send_back: 'return.write',
      seal: 'return.seal',
      restate: 'return.seal',
    },
  },
  deliveries: {
    read: 'delivery.read',
    write: 'delivery.write',
    steps: {
      tell: 'delivery.write',
      acknowledge: 'delivery.apply',
      apply: 'delivery.apply',
      withdraw: 'delivery.apply',
      grant: 'delivery.decide',
      grant_direct: 'delivery.decide',
      refuse: 'delivery.decide',
      reopen: 'delivery.decide',
      pay: 'delivery.decide',
      take_back: 'delivery.decide',
      take_out: 'delivery.decide',
    },
  },
  policy_payments: { read: 'delivery.read', write: 'delivery.decide' },
  policy_firms: { read: 'delivery.read', write: 'delivery.write' },
  grant_lists: { read: 'delivery.read', write: 'delivery.decide', steps: { sign: 'delivery.decide', drop: 'delivery.decide' } },
  policy_questions: { read: 'delivery.read', write: 'need.write', steps: { answer: 'delivery.decide' } },
  // these have no routes of their own
  site_files: { inner: true },
  comments: { inner: true },
  notices: { inner: true },
  files: { inner: true },
};

/** Every other route: the right that some grant must give, 'signed' for anybody signed in, 'all' for everybody. */
export const commands = {
  'GET /healthz': 'all',
  'GET /readyz': 'all',
  'GET /metrics': 'all',
  'GET /api/openapi.json': 'all',
  'GET /api/docs': 'all',
  'GET /api/v1/session': 'signed',
  'POST /api/v1/session': 'all',
  'DELETE /api/v1/session': 'signed',
  'POST /api/v1/password': 'signed',
  'POST /api/v1/setup': 'all',
  'POST /api/v1/users/{id}/invite': 'user.write',
  'POST /api/v1/invite': 'all',
  'GET /api/v1/tokens': 'signed',
  'POST /api/v1/tokens': 'signed',
  'DELETE /api/v1/tokens/{id}': 'signed',
  'GET /api/v1/demo': 'all',
  'POST /api/v1/demo': 'all',
  'GET /api/v1/declarations': 'signed',
  'GET /api/v1/areas/{id}': 'area.read',
  'GET /api/v1/risk': 'area.read',
  'GET /api/v1/coverage': 'link.read',
  'POST /api/v1/coverage/assign': 'link.write',
  'POST /api/v1/dispatch': 'post.write',
  'POST /api/v1/dispatch/left': 'post.write',
  'POST /api/v1/subsidies/compute': 'care.write',
  'GET /api/v1/thanks': 'post.read',
  'GET /api/v1/staff/sums': 'staff.read',
  'GET /api/v1/staff/villages': 'staff.read',
  'POST /api/v1/test_batches/{id}/results': 'staff.write',
  'GET /api/v1/roster': 'person.read',
  'POST /api/v1/roster': 'post.write',
  'POST /api/v1/roster/accept': 'post.write',
  'POST /api/v1/people/{id}/invite': 'person.write',
  'POST /api/v1/pledges/{id}/invite': 'person.write',
  'POST /api/v1/people:invite': 'person.write',
  'POST /api/v1/people/{id}/merge': 'person.write',
  'POST /api/v1/people/{id}/unmerge': 'person.write',
  'POST /api/v1/coverage/handover': 'link.write',
  'POST /api/v1/deliveries/tell': 'delivery.write',
  'POST /api/v1/deliveries/acknowledge': 'delivery.apply',
  'GET /api/v1/policies/{id}/funnel': 'delivery.read',
  'POST /api/v1/policies/{id}/match': 'delivery.decide',
  'POST /api/v1/policies/{id}/grants': 'delivery.decide',
  'GET /api/v1/policies/{id}/questions': 'delivery.read',
  'GET /api/v1/sites/{id}/deliveries': 'delivery.read',
  'GET /api/v1/grant_lists/{id}/list.pdf': 'delivery.read',
  'GET /api/v1/grant_lists/{id}/list.xlsx': 'delivery.read',
  'GET /api/v1/tallies': 'figure.read',
  'GET /api/v1/tallies/rows': 'figure.read',
  'GET /api/v1/indicators': 'figure.read',
  'GET /api/v1/returns/day': 'return.read',
  'GET /api/v1/returns/missing': 'return.read',
  'POST /api/v1/returns/confirm': 'return.write',
  'GET /api/v1/bulletin': 'return.read',
  'GET /api/v1/needs/board': 'need.read',
  'GET /api/v1/public/needs/{number}': 'all',
  'GET /api/v1/public/appeals': 'all',
  'GET /api/v1/public/appeals/{id}': 'all',
  'GET /api/v1/public/appeals/{id}/areas': 'all',
  'POST /api/v1/public/appeals/{id}/sign-up': 'all',
  'POST /api/v1/public/sign-ups/{id}/confirm': 'all',
  'GET /api/v1/public/pledges/{id}': 'all',
  'POST /api/v1/public/pledges/{id}/withdraw': 'all',
  'POST /api/v1/public/pledges/{id}/account': 'all',
  'GET /api/v1/loans/board': 'loan.read',
  'GET /api/v1/loans/sums': 'loan.read',
  'GET /api/v1/loans/sums.xlsx': 'loan.read',
  'GET /api/v1/bank/loans': 'loan.offer',
  'GET /api/v1/bank/loans.xlsx': 'loan.offer',
  'POST /api/v1/bank/loans/{id}/offer': 'loan.offer',
  'POST /api/v1/bank/loans/{id}/decline': 'loan.offer',
  'POST /api/v1/bank/loans/{id}/approve': 'loan.offer',
  'POST /api/v1/bank/loans/{id}/refuse': 'loan.offer',
  'POST /api/v1/bank/loans/{id}/pay': 'loan.offer',
  'GET /api/v1/plans/day': 'plan.read',
  'GET /api/v1/plans/day.xlsx': 'plan.read',
  'POST /api/v1/plans/unchanged': 'plan.tell',
  'POST /api/v1/plans/{id}/block': 'plan.tell',
  'GET /api/v1/lines/days': 'plan.read',
  'GET /api/v1/power': 'figure.read',
  'GET /api/v1/power/differ': 'site.read',
  'GET /api/v1/comments': 'signed',
  'POST /api/v1/comments': 'need.write',
  'GET /api/v1/notices': 'signed',
  'POST /api/v1/notices/read': 'signed',
  'GET /api/v1/waiting': 'signed',
  'GET /api/v1/work': 'signed',
  'GET /api/v1/jobs/{id}': 'signed',
  'GET /api/v1/jobs/{id}/errors.xlsx': 'signed',
  'POST /api/v1/files': 'file.write',
  'GET /api/v1/files/{id}': 'signed',
  'GET /api/v1/inspectors': 'check.write',
  'GET /api/v1/rounds/{id}/progress': 'check.read',
  'POST /api/v1/orders/tell': 'post.write',
  'GET /api/v1/my/shifts': 'signed',
  'POST /api/v1/my/shifts/{id}/come': 'signed',
  'POST /api/v1/my/shifts/{id}/leave': 'signed',
  'GET /api/v1/my/shifts/{id}/mates': 'signed',
  'POST /api/v1/my/swaps': 'signed',
  'POST /api/v1/my/swaps/{id}/accept': 'signed',
  'POST /api/v1/my/swaps/{id}/withdraw': 'signed',
  'GET /api/v1/serving': 'person.read',
  'GET /api/v1/serving.xlsx': 'person.read',
  'POST /api/v1/appeals/{id}/list': 'person.write',
  'GET /api/v1/appeals/{id}/parts': 'person.read',
  'GET /api/v1/teams/{id}/sums': 'post.read',
  'GET /api/v1/people/{id}/certificate.pdf': 'person.read',
  'GET /api/v1/public/certificates/{mark}': 'all',
  'GET /api/v1/assignments/{id}/order.pdf': 'person.read',
  'GET /api/v1/orders.pdf': 'person.read',
  'GET /api/v1/my/leaves': 'signed',
  'POST /api/v1/my/leaves': 'signed',
  'POST /api/v1/my/leaves/{id}/withdraw': 'signed',
  'GET /api/v1/my/posts': 'signed',
  'GET /api/v1/my/posts/{id}/order.pdf': 'signed',
  'GET /api/v1/my/certificate.pdf': 'signed',
  'GET /api/v1/my/claims': 'signed',
  'POST /api/v1/posts/{id}/claim': 'signed',
  'POST /api/v1/my/claims/{id}/hand_back': 'signed',
  'GET /api/v1/leaves/{id}/substitutes': 'person.read',
  'GET /api/v1/policies/{id}/words': 'signed',
  'GET /api/v1/policies/{id}/judge': 'policy.read',
  'GET /api/v1/sites/{id}/policies': 'policy.read',
  'POST /api/v1/policies:try': 'policy.write',
  'POST /api/v1/policies/examples': 'policy.write',
  'GET /api/v1/sites/{id}/filing': 'filing.read',
  'GET /api/v1/sites/{id}/desk': 'site.read',
  'GET /api/v1/sites/{id}/day': 'return.read',
  'GET /api/v1/sites/{id}/gate': 'staff.read',
  'POST /api/v1/sites/{id}/self_checks': 'filing.write',
  'GET /api/v1/filings/{id}/sheet.pdf': 'filing.read',
  'GET /api/v1/public/filings/{number}': 'all',
  'GET /api/v1/sites/{id}/health_round': 'health.read',
  'POST /api/v1/sites/{id}/health_round': 'health.tell',
  'GET /api/v1/sites/{id}/health_round.xlsx': 'health.read',
  'GET /api/v1/health_rounds': 'health.read',
  'GET /api/v1/health_rounds.xlsx': 'health.read',
  'POST /api/v1/sites/{id}/gate_file': 'health.tell',
  'POST /api/v1/sites/{id}/invite': 'site.invite',
  'GET /api/v1/public/site_invites/{id}': 'all',
  'POST /api/v1/public/site_invites/{id}/accept': 'all',
  'POST /api/v1/sites/{id}/worker_links': 'health.tell',
  'GET /api/v1/sites/{id}/worker_links.pdf': 'health.tell',
  'GET /api/v1/public/worker_links/{id}': 'all',
  'POST /api/v1/public/worker_links/{id}/tell': 'all',
};

/**
 * What a new row of each record is made of, in the order in which they can be made; the key stands for the row of that record in the same place
 * (place.sites is a site there). `n` makes it another one. A record without a sample fails the test.
 */
export const samples = {
  areas: (place, n) => ({ name: `${place.mark}片${n}`, parent: place.area }),
  orgs: (place, n) => ({ name: `演示单位${n}`, kind: 'office', area: place.area }),
  people: (place, n) => ({ name: '演示甲', phone: '13800000001', area: place.area, duty: `${place.mark}员${n}`, org: place.orgs }),
  users: (place, n) => ({ name: `${place.mark}用户${n}`, area: place.area, shown: '演示乙', duty: place.mark }),
  grants: (place) => ({ user: place.users, role: 'liaison', area: place.area }),
  sites: (place, n) => ({ name: `${place.mark}企业${n}`, kind: 'enterprise', status: 'stopped', staff: 10, on_duty: 4, area: place.area, note: place.mark }),
  links: (place, n) => ({ site: place.sites, person: place.people, level: 'town', begins: day_before(n), ends: day_before(n), reason: place.mark }),
  levels: (place, n) => ({ depth: 7 + (n % 6), english: `Level ${n}`, chinese: `层${n}` }),
  templates: (place, n) => ({ code: `t_${place.word}_${n}`, title: `演示表${n}`, area: place.area }),
  template_versions: (place) => ({ template: place.templates, body: checklist }),
  rounds: (place, n) => ({ title: `${place.mark}巡查${n}`, area: place.area, from_day: '2020-03-01', until_day: '2020-03-09' }),
  checks: (place) => ({ site: place.sites, day: '2020-03-04', note: place.mark }),
  interviews: (place) => ({ site: place.sites, day: '2020-03-04', who: '演示办', minutes: place.mark }),
  health_records: (place, n) => ({ site: place.sites, person: place.people, day: day_before(n), temperature: 365 }),
  staff_files: (place, n) => ({ site: place.sites, name: '演示工', number: `${place.mark}${n}` }),
  gate_entries: (place, n) => ({ site: place.sites, kind: 'goods', purpose: `${place.mark}${n}` }),
  gate_watches: (place, n) => ({ site: place.sites, gate: `${place.mark}${n}`, who: '演示门卫' }),
  test_batches: (place, n) => ({ site: place.sites, kind: 'pcr', people: 1, lab: `${place.mark}${n}` }),
  needs: (place, n) => ({ site: place.sites, kind: 'other', text: `${place.mark}诉求${n}` }),
  need_parts: (place, n) => ({ need: place.needs, org: place.orgs, ask: `${place.mark}协办${n}` }),
  reports: (place, n) => ({ site: place.sites, stage: 'first', kind: 'other', text: `${place.mark}突发${n}` }),
  zones: (place, n) => ({ name: `${place.mark}片区${n}`, kind: 'patrol', area: place.area }),
  zone_members: (place, n) => ({ zone: place.zones, site: place.sites, starts: day_before(n), ends: day_before(n) }),
  risks: (place, n) => ({ area: place.area, level: 'low', day: day_before(n), note: place.mark }),
  returns: (place, n) => ({ site: place.sites, day: day_before(n), text: place.mark }),
  site_days: (place, n) => ({ site: place.sites, day: day_before(n), isolating: 0, confirmed: 0, suspected: 0, contacts: 0, masks: 100, thermometers: 1, measured: true, disinfected: true, closed: true, ventilated: true, air: false, hazardous: place.mark }),
  loans: (place, n) => ({ site: place.sites, kind: 'loan', amount: 100_000_00, purpose: 'wages', months: 12, purpose_text: `${place.mark}贷款${n}` }),
  loan_reasons: (place, n) => ({ code: `why_${n}`, label: `Why|原因${n}` }),
  products: (place, n) => ({ code: `product_${n}`, label: `Product|产品${n}`, unit: 'pieces|只' }),
  plans: (place, n) => ({ title: `${place.mark}计划${n}`, site: place.sites, kind: 'site', target: '演示目标', begins: '2020-03-01' }),
  milestones: (place, n) => ({ plan: place.plans, title: `${place.mark}节点${n}`, due: '2020-03-09' }),
  lines: (place, n) => ({ name: `${place.mark}产线${n}`, site: place.sites, product: 'mask_flat', state: 'building', target: 1000 }),
  meter_days: (place, n) => ({ site: place.sites, day: day_before(n), kwh: 1000 + n }),
  appointments: (place, n) => ({ site: place.sites, field: 'other', way: 'phone', text: `${place.mark}咨询${n}` }),
  need_kinds: (place, n) => ({ code: `kind_${n}`, label: `Kind|类型${n}`, class: 'week' }),
  need_classes: (place, n) => ({ code: `class_${n}`, label: `Class|时限${n}`, amount: 3, unit: 'day' }),
  holidays: (place, n) => ({ day: `2021-01-${String(1 + (n % 28)).padStart(2, '0')}`, kind: 'off', note: '演示' }),
  post_kinds: (place, n) => ({ code: `post_${n}`, label: `Post|岗位${n}` }),
  appeals: (place, n) => ({ title: `${place.mark}倡议${n}`, area: place.area, text: '演示倡议', opens: day_before(30) }),
  posts: (place, n) => ({ title: `${place.mark}岗位${n}`, kind: 'hq', area: place.area, needed: 3, begins: '2020-03-01' }),
  assignments: (place, n) => ({ post: place.posts, person: place.people, begins: day_before(-n), ends: day_before(-n), reason: place.mark }),
  teams: (place, n) => ({ name: `${place.mark}突击队${n}`, kind: 'assault', area: place.area, begins: day_before(990), task: place.mark }),
  team_members: (place, n) => ({ team: place.teams, person: place.people, part: place.mark, begins: day_before(n % 990), ends: day_before(n % 990) }),
  team_sites: (place, n) => ({ team: place.teams, site: place.sites, part: place.mark, begins: day_before(n % 990), ends: day_before(n % 990) }),
  deeds: (place, n) => ({ team: place.teams, day: day_before(n % 28), text: `${place.mark}事迹${n}` }),
  care_given: (place, n) => ({ kind: 'mask', org: place.orgs, area: place.area, day: day_before(n), amount: 1 + n, note: place.mark }),
  leaves: (place, n) => ({ person: place.people, kind: 'leave', begins: day_before(n * 2), ends: day_before(n * 2) }),
  fact_kinds: (place, n) => ({ code: `fact_${n}`, label: `Fact|事实${n}`, type: 'text' }),
  facts: (place, n) => ({ site: place.sites, kind: 'revenue_month', month: `${1900 + (Math.floor(n / 12) % 300)}-${String(1 + (n % 12)).padStart(2, '0')}`, value: '1200', source: place.mark }),
  policies: (place, n) => ({ title: `演示政策${n}`, area: place.area }),
  filing_routes: (place, n) => ({ area: place.area, route: 'notify', day: day_before(n), basis: `${place.mark}规定${n}` }),
  filing_reasons: (place, n) => ({ code: `reason_${n}`, label: `Reason|原因${n}` }),
  trainings: (place, n) => ({ site: place.sites, day: day_before(n), topic: 'first', title: `${place.mark}第一课${n}`, due: 10, trained: 9 }),
  report_kinds: (place, n) => ({ code: `news_${n}`, label: `News|突发${n}` }),
};

const day_before = (n) => new Date(Date.UTC(2020, 2, 4) - n * 86_400_000).toISOString().slice(0, 10);
const checklist = {
  sections: [{ code: 's1', title: 'Masks|口罩', items: [{ code: 'i1', text: 'Masks are worn|佩戴口罩', answer: 'yesno', severity: 'minor', due_days: 3 }] }],
};

/** Records whose rows come about by themselves, or need another row of their own each time, and how: {plural: async (client, place) => id}. */
export const arising = {
  // a draft is for whoever may write it there; everybody reads what is published
  async policies(client, place) {
    const policy = await client.post('/api/v1/policies', { title: '演示政策', area: place.area });
    return (await client.post(`/api/v1/policies/${policy.id}/publish`, {})).id;
  },
  async bindings(client, place) {
    const area = await client.get(`/api/v1/areas/${place.area}`);
    const file = await client.post('/api/v1/staff_files', { site: place.sites, name: '演示工', lives_in: area.name, bound: true });
    return (await client.get(`/api/v1/bindings?staff=${file.id}`)).rows[0].id;
  },
  async pledges(client, place) {
    const appeal = await client.post('/api/v1/appeals', { title: `${place.mark}倡议`, area: place.area, text: '演示倡议', opens: '2020-02-01' });
    await client.post(`/api/v1/appeals/${appeal.id}/publish`, {});
    return (await client.post('/api/v1/pledges', { appeal: appeal.id, person: place.people, remark: place.mark, unit: place.mark })).id;
  },
  async shifts(client, place) {
    const person = await client.post('/api/v1/people', { name: '演示丁', area: place.area });
    await client.post('/api/v1/assignments', { post: place.posts, person: person.id, begins: '2020-03-01' });
    return (await client.post('/api/v1/shifts', { post: place.posts, person: person.id, starts: '2020-03-05T00:00:00Z', ends: '2020-03-05T08:00:00Z' })).id;
  },
  async swaps(client, place) {
    const person = await client.post('/api/v1/people', { name: '演示己', area: place.area });
    await client.post('/api/v1/assignments', { post: place.posts, person: person.id, begins: '2020-03-01' });
    const shift = await client.post('/api/v1/shifts', { post: place.posts, person: person.id, starts: '2020-03-08T00:00:00Z', ends: '2020-03-08T08:00:00Z' });
    return (await client.post('/api/v1/swaps', { shift: shift.id, note: place.mark })).id;
  },
  async certificates(client, place) {
    const person = await client.post('/api/v1/people', { name: '演示戊', area: place.area });
    await client.post('/api/v1/assignments', { post: place.posts, person: person.id, begins: '2020-03-01' });
    return (await client.post('/api/v1/certificates', { person: person.id })).id;
  },
  async merges(client, place) {
    const [one, other] = await Promise.all([1, 2].map(() => client.post('/api/v1/people', { name: '演示戊', area: place.area })));
    return (await client.post(`/api/v1/people/${one.id}/merge`, { other: other.id })).id;
  },
  async claims(client, place) {
    const post = await client.post('/api/v1/posts', { title: `${place.mark}认领岗`, kind: 'hq', area: place.area, needed: 3, claim: true, begins: '2020-03-01' });
    return (await client.post('/api/v1/claims', { post: post.id, person: place.people, note: place.mark })).id;
  },
  async subsidies(client, place) {
    const rate = (await client.get('/api/v1/setting_values?limit=200')).rows.find((one) => one.name === 'subsidy_day');
    if (!rate.value) await client.patch(`/api/v1/setting_values/${rate.id}`, { value: '10000' }, { version: rate.version });
    const person = await client.post('/api/v1/people', { name: '演示戊', area: place.area, org: place.orgs });
    const post = await client.post('/api/v1/posts', { title: `${place.mark}值守`, kind: 'hq', area: place.area, needed: 1, begins: '2020-02-01' });
    await client.post('/api/v1/assignments', { post: post.id, person: person.id, begins: '2020-02-10', ends: '2020-02-12' });
    await client.post('/api/v1/subsidies/compute', { area: place.area, month: '2020-02' });
    return (await client.get(`/api/v1/subsidies?person=${person.id}`)).rows[0].id;
  },
  async loan_offers(client, place) {
    const bank = await client.post('/api/v1/orgs', { name: `演示银行${place.word}`, kind: 'bank', area: place.area });
    const loan = await client.post('/api/v1/loans', { site: place.sites, kind: 'loan', amount: 100_000_00, purpose: 'wages', purpose_text: place.mark });
    await client.post(`/api/v1/loans/${loan.id}/invite`, { invited: [bank.id] });
    return (await client.get(`/api/v1/loan_offers?loan=${loan.id}`)).rows[0].id;
  },
  // the keeper acts for the bank as long as it is of that body
  async loan_payments(client, place) {
    const id = await arising.loan_offers(client, place);
    const { bank } = await client.get(`/api/v1/loan_offers/${id}`);
    const user = await client.get(`/api/v1/users/${client.user.id}`);
    const member = await client.patch(`/api/v1/users/${user.id}`, { org: bank }, { version: user.version });
    await client.post(`/api/v1/loan_offers/${id}/offer`, { amount: 50_000_00, rate: 315, months: 12, conditions: place.mark });
    await client.post(`/api/v1/loan_offers/${id}/accept`, {});
    await client.post(`/api/v1/loan_offers/${id}/approve`, {});
    await client.post(`/api/v1/loan_offers/${id}/pay`, { pay: 10_000_00, voucher: place.mark });
    await client.patch(`/api/v1/users/${user.id}`, { org: null }, { version: member.version });
    return (await client.get(`/api/v1/loan_payments?offer=${id}`)).rows[0].id;
  },
  async plan_days(client, place) {
    const plan = await client.post('/api/v1/plans', { title: `${place.mark}日报`, site: place.sites, kind: 'site', target: '演示目标', begins: '2020-03-01' });
    return (await client.post('/api/v1/plan_days', { plan: plan.id, percent: 10, text: place.mark })).id;
  },
  async blockers(client, place) {
    const { need } = await client.post(`/api/v1/plans/${place.plans}/block`, { kind: 'other', text: `${place.mark}卡点` });
    return (await client.get(`/api/v1/blockers?need=${need}`)).rows[0].id;
  },
  async meters(client, place) {
    return (await client.post('/api/v1/meters', { site: place.sites, baseline: 10_000, number: place.mark })).id;
  },
  async deliveries(client, place) {
    const { delivery } = await qualify(client, place, 'apply');
    return delivery.id;
  },
  async policy_firms(client, place) {
    const { site } = await qualify(client, place, 'apply', place.sites);
    return (await client.get(`/api/v1/policy_firms?site=${site}`)).rows[0].id;
  },
  async policy_payments(client, place) {
    const { delivery } = await qualify(client, place, 'none');
    await client.post(`/api/v1/deliveries/${delivery.id}/grant_direct`, { granted: 100000 });
    await client.post(`/api/v1/deliveries/${delivery.id}/pay`, { payment: 50000, voucher: place.mark });
    return (await client.get(`/api/v1/policy_payments?delivery=${delivery.id}`)).rows[0].id;
  },
  async grant_lists(client, place) {
    const { policy } = await qualify(client, place, 'none');
    return (await client.post(`/api/v1/policies/${policy.id}/grants`, { area: place.area })).id;
  },
  async policy_questions(client, place) {
    const { policy } = await qualify(client, place, 'apply');
    return (await client.post('/api/v1/policy_questions', { policy: policy.id, site: place.sites, text: `${place.mark}咨询` })).id;
  },
  async findings(client, place) {
    await client.post(`/api/v1/template_versions/${place.template_versions}/publish`);
    const answers = { i1: { value: 'no', note: place.mark } };
    const check = await client.post('/api/v1/checks', { site: place.sites, day: '2020-03-04', template_version: place.template_versions, answers });
    return (await client.get(`/api/v1/findings?visit=${check.id}`)).rows[0].id;
  },
  filings: async (client, place) => (await client.post('/api/v1/filings', { site: place.sites, reason: place.mark })).id,
  async filing_batches(client, place) {
    return (await client.post('/api/v1/filing_batches', { filing: place.filings, day: '2020-03-10', people: 1, part: place.mark })).id;
  },
  async attestations(client, place) {
    await client.post('/api/v1/staff_files', { site: place.sites, name: '演示庚', state: 'on_duty', begins: '2020-02-01', effective: '2020-02-01' });
    return (await client.post('/api/v1/attestations', { site: place.sites, count: 1, gate: place.mark, by: '演示辛' })).id;
  },
  async site_invites(client, place) {
    const site = await client.post('/api/v1/sites', { name: `${place.mark}受邀企业`, kind: 'enterprise', area: place.area });
    return (await client.post('/api/v1/site_invites', { site: site.id, note: place.mark })).id;
  },
  async worker_links(client, place) {
    const staff = await client.post('/api/v1/staff_files', { site: place.sites, name: '演示壬', state: 'on_duty' });
    return (await client.post('/api/v1/worker_links', { site: place.sites, staff: staff.id })).id;
  },
  async health_remarks(client, place) {
    const least = (await client.get('/api/v1/setting_values?limit=1000')).rows.find((one) => one.name === 'copy_people');
    if (least.value !== '1') await client.patch(`/api/v1/setting_values/${least.id}`, { value: '1' }, { version: least.version });
    const staff = await client.post('/api/v1/staff_files', { site: place.sites, name: '演示癸', state: 'on_duty' });
    await client.post(`/api/v1/sites/${place.sites}/health_round`, { rows: [{ staff: staff.id, temperature: 365 }] });
    return (await client.get(`/api/v1/health_remarks?site=${place.sites}`)).rows[0].id;
  },
  setting_values: async (client) => (await client.get('/api/v1/setting_values')).rows[0].id,
};

/** A policy of a place for everybody there, and its delivery to the firm: as matching makes it, or by hand where that was quicker. */
async function qualify(client, place, mode, site = place.sites) {
  const policy = await client.post('/api/v1/policies', { title: `演示政策${place.word}`, area: place.area, mode, benefit: { kind: 'fixed', amount: 100000 } });
  await client.post(`/api/v1/policies/${policy.id}/publish`, {});
  const there = async () => (await client.get(`/api/v1/deliveries?policy=${policy.id}&site=${site}`)).rows[0];
  const delivery = (await there()) ?? (await client.post('/api/v1/deliveries', { policy: policy.id, site }, { expect: [201, 409] }));
  return { policy, site, delivery: delivery.id ? delivery : await there() };
}
