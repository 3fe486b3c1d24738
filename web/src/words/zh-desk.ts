/* 企业待办：一家企业今日要办和在等的事。 */
const desk = {
	title: '企业待办', open: '待办事项', nothing: '眼下没有待办事项', due: '待办 {n} 项', late: '逾期 {n} 项', clear: '其余事项', more: '另有 {n} 项', past: '待办事项只看今日。',
	code: '二维码', codeHelp: '用手机浏览器或微信扫码，登录后打开本企业的待办事项。可张贴在厂内，不含任何企业信息。', codeOf: '企业待办二维码',
	state: { late: '逾期', due: '待办', waits: '等待' },
	name: { return: '企业日报', health: '每日健康申报', filing: '复工备案', staff: '员工档案', findings: '问题隐患', checks: '核查确认', needs: '诉求', plans: '计划项目', policies: '惠企政策', loans: '融资保险', tests: '员工检测', advice: '专业服务', urgent: '突发即报' },
	todo: { findings: '待整改 {n} 项', checks: '待确认 {n} 份', needs: '待确认办结 {n} 件', loans: '待选定方案 {n} 笔', advice: '待选时段 {n} 个', urgent: '待续报 {n} 起', plans: '今日未填报 {n} 个' },
	waits: { findings: '待复核 {n} 项', needs: '办理中 {n} 件', loans: '办理中 {n} 笔', tests: '结果待出 {n} 批', advice: '已预约 {n} 个', policies: '已申请 {n} 项', filing: '审核中' },
	advise: '预约专业服务', none: '无', dayState: '{day}：{state}', sentBack: '{day}：已退回，须重报', byThen: '应于 {at} 前办理',
	healthTold: '在岗 {due} 人，已报 {told} 人', healthMissing: '未报 {n} 人', healthNone: '没有在岗人员',
	lacks: '还缺 {n} 项', ready: '已填齐，待提交', notFiled: '尚未备案', conditions: '附加条件待落实', conditionsTold: '附加条件已上报，待确认', fileAgain: '须重新备案', lesson: '复工第一课待开展', lessonRecord: '登记复工第一课',
	files: '已建档 {files} 人', lacking: '缺项 {n} 份', without: '未建档 {n} 人', release: '隔离到期 {n} 人', overdue: '逾期未返岗 {n} 人',
	plansTold: '今日已填报 {told} / {due} 个',
	qualifies: '可享受 {n} 项', unknown: '待确认知晓 {n} 项', apply: '可申请 {n} 项', applyBy: '最早 {day}截止', missing: '缺信息未判定 {n} 项',
	registerTell: '到企业页面“{step}”中填写', registerAsk: '属名册内容，请联络员补登',
	tellFirms: '登记已告知 {n} 家企业（{rows} 项）', tellNone: '勾选已告知的企业，可一次登记多家',
};

export default desk;
