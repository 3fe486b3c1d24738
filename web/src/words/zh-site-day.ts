/* 企业日报内容：已知的带出，只填其余。 */
const siteDay = {
	title: '当日内容', known: '共 {all} 项，已知 {known} 项', all: '查看和更正', askedHelp: '只填以下未知的内容', nothing: '没有需要填写的内容', more: '较前一日 {n} 人', last: '前一日', stock: '口罩可用 {n} 天', low: '少于 {n} 天',
	same: '与前一日相同', notKnown: '未填', hidden: '已填，不显示', fix: '更正',
	source: { told: '已填报', files: '来自 {n} 份员工档案', round: '来自当日健康申报（{n} 人）', gate: '来自当日消毒登记（{n} 次）', check: '来自 {day}核查', site: '来自企业名册', before: '沿用 {day}', sum: '在册减到岗减隔离' },
};

export default siteDay;
