import pages from './zh-pages';

/* Chinese is written first; words/en.ts must have the same keys (the compiler sees to it). */
const zh = {
	product: 'muster 应急集结',
	menu: {
		policies: '惠企',
		health: '健康',
		mine: '我的班次',
		filing: '复工',
		loans: '融资', plans: '项目',
		workers: '员工',
		today: '今日', overview: '总览', firms: '企业', neighbourhood: '社区', people: '人员', duty: '值守', goods: '物资', needs: '诉求', checks: '核查',
		returns: '日报', setup: '设置', more: '更多', main: '主菜单', other: '其他记录', skip: '跳到正文',
	},
	tab: {
		myPolicies: '我的政策', toTell: '待送达', deliveries: '送达台账', policyFirms: '企业惠企情况', grantLists: '免申即享名单', policyQuestions: '政策咨询', policyPayments: '拨付明细',
		policies: '惠企政策', facts: '企业事实', factKinds: '事实类型',
		health: '每日健康', healthRecords: '健康记录', attestations: '测温声明', workerLinks: '本人填报链接', healthRemarks: '照抄提示',
		siteInvites: '邀请',
		swaps: '换班',
		fileFirm: '填报备案', filings: '复工备案', batches: '返岗批次', trainings: '培训', filingRoutes: '备案方式', filingReasons: '备案退回原因',
		bank: '机构办理', loansBoard: '融资看板', loans: '融资保险需求', loanOffers: '机构答复', loanPayments: '放款记录', loanReasons: '未获批原因', plansDay: '项目日报', plans: '计划项目', milestones: '节点', planDays: '进度记录', linesBy: '产能', lines: '产线', products: '产品', meters: '用电基准', meterDays: '日用电量', appointments: '专业服务预约',
		staff: '一员一档', staffFiles: '员工名册', gate: '门岗', gateEntries: '门岗登记', gateWatches: '门岗值守', tests: '员工检测', bindings: '两点一线', bindingList: '两点一线名单',
		sites: '企业名册', coverage: '挂点覆盖', links: '挂点', areas: '区划', zones: '片区', risks: '风险等级', grids: '网格', gaps: '缺岗清单',
		persons: '人员名册', appeals: '倡议书', pledges: '报名', posts: '岗位', assignments: '派驻', postKinds: '岗位类型', dispatch: '派驻方案', shifts: '班次', roster: '排班表', teams: '突击队专班', serving: '在岗统计', care: '关心关爱', leaves: '请假', claims: '岗位认领', subsidies: '补助', thanks: '致谢', orgs: '单位', board: '诉求看板', list: '列表', reports: '突发即报', fill: '现场核查', checks: '核查记录',
		findings: '问题隐患', interviews: '约谈', templates: '检查表', rounds: '巡查', parts: '协办', newsKinds: '突发情况类型', holidays: '工作日调整', returns: '日报', bulletin: '通报', allReturns: '全部日报', siteDays: '企业日报内容',
		certificates: '服务证明',
		users: '用户', grants: '授权', tokens: '接口令牌', settings: '参数', classes: '时限类别', kinds: '诉求类型', levels: '区划层级',
	},
	action: {
		save: '保存', cancel: '取消', close: '关闭', edit: '修改', make: '新建', remove: '作废', back: '返回', next: '下一步', previous: '上一步',
		confirm: '确认', send: '提交', search: '搜索', clear: '清除', more: '更多', retry: '重试', show: '显示', copy: '复制', print: '打印',
		export: '导出', import: '导入', open: '打开', choose: '选择', add: '添加', delete: '删除', done: '完成', all: '全部', none: '无',
		up: '上移', down: '下移', signOut: '退出登录', reload: '重新载入', today: '回到今天',
	},
	said: {
		saved: '已保存', made: '已新建', voided: '已作废', copied: '已复制', heard: '正在处理', stepped: '已办理：{step}', sent: '已提交',
		newVersion: '有新版本', update: '更新',
	},
	yes: '是', no: '否', unknown: '不详', notGiven: '未填', optional: '选填', oneOf: '填其一', system: '系统', masked: '已隐去',
	colon: '：', comma: '，', listSeparator: '、',
	where: {
		area: '区划', switch: '切换区划', search: '按名称或代码查找', below: '下级区划', noChildren: '没有下级区划', none: '没有找到',
		day: '日期', asOf: '以下为 {day}的情况，不是现在', asOfShort: '截至', today: '今天', yesterday: '昨天', back: '回到今天', previous: '前一天', following: '后一天',
		incident: '事件', path: '所在区划', all: '全部可见区划',
	},
	notices: { title: '提醒', unread: '提醒，{n} 条未读', none: '还没有提醒', readAll: '全部标为已读' },
	user: {
		menu: '用户菜单', me: '我的', language: '语言', zh: '中文', en: 'English', wan: '以万为单位', plain: '逐位显示', numbers: '数字', password: '修改密码', grants: '我的授权',
		unsent: '有 {n} 条未提交的内容留在本机，退出后仍保留',
	},
	signIn: {
		title: '登录', name: '用户名', password: '密码', submit: '登录', demo: '演示用户', demoHelp: '演示库，人员与企业均为虚构。点一下即可登录。',
		wrong: '用户名或密码不对', locked: '多次失败，已暂时锁定。请稍后再试。', expired: '登录已过期，请重新登录。', show: '显示密码', hide: '隐藏密码',
		missing: '请填写用户名和密码',
	},
	setup: {
		title: '首次设置', help: '建立第一个管理员。此链接只能用一次。', token: '设置码', name: '管理员用户名', password: '密码', again: '再输一次密码',
		invited: '设置密码', set: '设置密码', invitedHelp: '为您的账号设置密码。此链接只能用一次。', invitedDone: '密码已设置，请登录。', old: '现在的密码', fresh: '新密码', change: '修改密码', changed: '密码已修改，其他会话已退出', invite: '生成设置密码的链接', inviteOnce: '一次性链接，请交给本人，{at} 前有效',
		submit: '建立管理员', noToken: '缺少设置码。请使用 muster init 打印的链接。', mismatch: '两次输入的密码不一致', rule: '{n} 至 200 个字符；一句话比符号好记', short: '密码至少 {n} 个字符', done: '管理员已建立，请登录。',
	},
	state: {
		loading: '正在载入', empty: '还没有内容', emptyFiltered: '没有符合条件的记录', clearFilters: '清除搜索和筛选', noRight: '您没有查看此内容的权限',
		noRightHelp: '如工作需要，请向本级管理员申请授权。', noPage: '没有这个页面', backTo: '返回{what}', notFound: '没有这条记录，或不在您的授权范围内', error: '出错了', errorRead: '没有读到数据。没有内容丢失，可以重试。',
		errorWrite: '没有保存。您填写的内容仍在本页。', offline: '没有网络', offlineRead: '连不上服务器。恢复后重试即可，没有内容丢失。', offlineBar: '没有网络。已填内容保存在本机，恢复后提交。',
		first: '可以先{what}。', reference: '错误编号 {code}',
	},
	time: {
		dayForm: '年-月-日',
		late: { minute: '逾期 {n} 分钟', hour: '逾期 {n} 小时', day: '逾期 {n} 天' },
		left: { minute: '还剩 {n} 分钟', hour: '还剩 {n} 小时', day: '还剩 {n} 天' },
		ago: { minute: '{n} 分钟前', hour: '{n} 小时前', day: '{n} 天前' },
		weekdays: { d0: '日', d1: '一', d2: '二', d3: '三', d4: '四', d5: '五', d6: '六' },
		previousMonth: '上个月', nextMonth: '下个月', clock: '时间', clockForm: '时:分', badClock: '时间写作 09:30', badDay: '日期写作 2020-03-05',
	},
	list: {
		search: '搜索{what}', rows: '共 {n} 条', some: '已载入 {n} 条', moreThan: '超过 {n} 条', selected: '已选 {n} 条', columns: '列', filters: '筛选', filter: '添加筛选', views: '视图', saveView: '保存当前视图',
		viewName: '视图名称', noViews: '还没有保存的视图', deleteView: '删除视图', defaultColumns: '恢复默认列', sort: '按{what}排序', ascending: '升序', descending: '降序',
		selectAll: '全选已载入的', clearSelection: '取消选择', exportCsv: '导出 CSV', exportXlsx: '导出 XLSX', exportHelp: '导出的就是列表所示', keys: 'j/k 上下移动，Enter 打开，x 选择，/ 搜索',
		setField: '批量修改', setTo: '改为', bulkDone: '{good} 条已办理，{bad} 条未成', bulkAsk: '将对 {n} 条记录执行“{what}”。', bulkNone: '所选记录没有共同可办的步骤',
		voided: '已作废', loadingMore: '正在载入更多', end: '到底了', from: '从', to: '到', contains: '包含', made: '建立时间', changed: '修改时间',
		rowMenu: '选择此行', includeVoided: '包含已作废', progress: '已办 {done} / {n}',
	},
	detail: {
		facts: '基本情况', history: '变更记录', talk: '评论', steps: '下一步', noSteps: '已无可办的步骤', noHistory: '还没有变更', noTalk: '还没有评论', comment: '写评论',
		commentPlaceholder: '写下进展、答复或补充情况', sendComment: '发表', reveal: '显示', revealTitle: '显示隐私内容', revealHelp: '查看会被记录。请写明原因。', reason: '原因',
		revealed: '已显示，本次查看已记录', voidTitle: '作废这条记录', voidHelp: '作废后不再计入统计，历史仍保留。', voidReason: '作废原因', below: '下级{what}', related: '相关记录', previous: '上一条', following: '下一条',
		whyState: '当前状态为“{state}”，此步骤只能在“{from}”时办理', whyRight: '您没有此步骤的权限', whyPast: '正在看过去某天的情况，不能办理', whyVoided: '记录已作废',
		changedFrom: '原为', jsonChanged: '已更改', noValue: '空', by: '由', deed: { restored: '恢复', make: '新建', change: '修改', void: '作废', read: '查看', step: '办理', import: '导入' },
		effective: '从哪天起', until: '到哪天止（含）', effectiveHelp: '这些内容按日期生效。更正过去的日期也会更正当日的统计。', untilHelp: '不填则一直有效', dated: '按日期生效',
		conflict: '别人先改了这条记录', conflictHelp: '下面并列您填的内容和现在的内容。逐项选择保留哪一个，再保存。', mine: '您填的', theirs: '现在的', keepMine: '保留我的', keepTheirs: '用现在的', conflictSave: '按所选保存',
		version: '第 {n} 版', historyAbove: '由上级维护，变更记录不在您的授权范围内', followUps: '续报和终报', outOfReach: '授权范围外', successor: '由谁接手',
	},
	form: {
		step: '第 {n} 步，共 {of} 步',
		need: '请填写此项', tooLong: '最多 {n} 个字', tooSmall: '不能小于 {n}', tooBig: '不能大于 {n}', whole: '请填整数', decimal: '请填数字，最多一位小数，如 36.5', money: '请填金额，最多两位小数', badUscc: '校验位不符，请核对。可以保存。',
		badPhone: '请核对电话号码', badId: '请核对身份证号码', badJson: '不是有效的 JSON', draft: '已恢复上次未提交的内容', dropDraft: '放弃草稿', draftKept: '草稿已存在本机', choose: '请选择', searchArea: '按名称或代码查找区划',
		searchLink: '输入名称查找{what}', noMatch: '没有找到', addFile: '添加文件', addPhoto: '拍照或选择照片', removeFile: '移除', uploading: '正在上传', uploadFailed: '上传失败', hereNow: '取当前位置',
		latitude: '纬度', longitude: '经度', noPlace: '取不到位置：{why}', moreFields: '更多内容', unit: { yuan: '元' }, fix: '有 {n} 处需要改正', makeTitle: '新建{what}', editTitle: '修改{what}',
	},
	import: {
		title: '导入{what}', choose: '选择 XLSX 或 CSV 文件', drop: '或把文件拖到这里', help: '列名用中文或英文均可，先预览，确认后才写入。', example: '下载空白表', preview: '预览', checking: '正在检查', check: '重新检查', set: '每行均为：',
		missing: '文件中没有这一列：请填一个值用于全部行，或在下面指定对应的列', mustPick: '{what}：请在下面指定对应的列',
		left: '{n} 列不会导入', leftHelp: '请选择对应的字段，或不导入；仅用于本次导入。', leave: '不导入', is: '“{what}”是', number: '第 {n} 列', noValues: '空', known: '已识别 {n} 列', twice: '两列含义相同的，取先有内容的一列。', good: '可导入 {n} 行', bad: '有误 {n} 行', duplicates: '疑似重复 {n} 行', row: '行', field: '列', what: '问题', all: '全部通过才导入', goodOnly: '只导入正确的行', run: '开始导入', running: '正在导入',
		done: '已导入 {n} 行', doneBad: '{n} 行未导入', errorFile: '下载错误行，改好后再导入', again: '换一个文件', firstErrors: '只列出前 {n} 处', allBlocked: '有误的行改正前不能全部导入', failed: '导入没有完成，没有写入任何行',
	},
	...pages,
};

export type Words<T = typeof zh> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

export default zh;
