import desk from './zh-desk';
import siteDay from './zh-site-day';
import firm from './zh-firm';
import health from './zh-health';
import mine from './zh-mine';
import tests from './zh-tests';

/* Texts of the pages made by hand. */
const pages = {
	firm,
	desk, siteDay, health, tests,
	today: {
		title: '今日', waits: '等我办理', nothing: '眼下没有等您办理的事', figures: '今日数字', due: '时限', all: '查看全部', facts: '企业情况', need: '提出诉求',
	},
	overview: {
		title: '总览', sinceYesterday: '较昨日', same: '与昨日持平', sinceBefore: '较前一日', sameBefore: '与前一日持平', children: '下级区划', asTable: '表格', asBars: '条形图', trend: '近 {n} 天趋势', noTrend: '还没有可画的数据', missing: '还差 {n}', lack: { resumption: '未复工 {n}', staff_back: '未到岗 {n}', linked: '无联络员 {n}', checked: '未核查 {n}', reporting: '未报 {n}', punctual: '迟报或未报 {n}', solved: '未办结 {n}', in_time: '逾期办结 {n}', rectified: '未闭环 {n}', one_visit: '未一次到位 {n}' }, ofUnder: '{over} / {under}',
		byPart: '分类复工情况', partDue: '应复工', partWorking: '已复工', partRate: '复工率', allParts: '全部 {n} 类', noFirms: '本区划没有应复工企业',
		noChildren: '没有下级区划', tableBehind: '图中数据', indicator: '指标', gap: '缺数据', measures: '统计数', percentPoints: '{n} 个百分点',
	},
	figure: { title: '数字背后的记录', sum: '此数为', rows: '记录 {n} 条', by: '分项', whole: '合计', total: '全部', sameAs: '数字与记录一致', none: '此数为零，没有记录' },
	coverage: {
		title: '挂点覆盖', sites: '应挂点企业', covered: '已有联络员', gaps: '没有联络员', rate: '联系到位率', overloaded: '超负荷联络员', gapList: '没有联络员的企业', noGaps: '每家企业都有联络员', liaisons: '联络员', load: '挂点数', limit: '上限',
		since: '起于', clock: '截至时刻', atMoment: '以下为 {at} 时的情况，不是当日结束时的情况', assign: '指派联络员', assignFor: '为 {n} 家企业指派', personOf: '无账号人员', person: '联络员', level: '级别', from: '从哪天起', done: '已指派 {n} 家', partly: '{good} 家已指派，{bad} 家未成', user: '有账号', days: '无联络员天数', handOver: '移交', handOverOf: '移交 {name} 的 {n} 家企业', handed: '已移交 {n} 家', over: '指派后将挂点 {load} 家，上限 {limit} 家',
	},
	check: {
		title: '现场核查', choose: '选择企业', template: '检查表', reference: '参考模板', start: '开始核查', continue: '继续', drafts: '未完成的核查', unsent: '{n} 条待提交', sendNow: '立即提交', sending: '正在提交', failed: '提交未成：{why}',
		section: '第 {n} 部分，共 {of} 部分', answered: '已答 {n} / {of}', yes: '符合', no: '不符合', na: '不适用', note: '说明', photo: '照片', fixNow: '当场整改', fixed: '已当场整改', before: '整改前', after: '整改后', fixHelp: '当场整改须有整改前后照片，随本次核查一并办结',
		leaveFinding: '未当场整改，将列为问题隐患', sign: '签名', inspectors: '检查人员', addInspector: '添加有账号的检查人员', name: '姓名', clearSign: '重签', signHere: '在此签名', enterprise: '企业现场确认', enterpriseName: '企业确认人', submit: '提交核查', review: '核对并签名',
		noAnswers: '还有 {n} 项未答', nextOpen: '去未答的项', sum: '符合 {yes}，当场整改 {fixed}，问题隐患 {no}，不适用 {na}', keptHere: '已存在本机，联网后自动提交', sent: '核查已提交', dropDraft: '删除这份草稿', dropAsk: '删除后无法恢复。', offlineNoList: '没有网络，且本机没有存下企业名册',
		signHelp: '参加核查的人员逐一签名；提交的账号视为已签字', addSigner: '添加签字人', accounts: '有账号的检查人员，另用自己的账号签字', needSign: '请填写每位签字人的姓名并签名', needConfirm: '请填写企业确认人姓名', needPhotos: '请补齐整改前后照片', value: '填写结果', signed: '已签字', unsigned: '待签字', exactly: '标准：{min}{unit}', threshold: '标准：{min} 至 {max}{unit}', atLeast: '标准：不低于 {min}{unit}', atMost: '标准：不高于 {max}{unit}', severity: { minor: '一般', major: '较重', critical: '严重' },
		evidence: { document: '看文件记录', object: '看实物', witness: '问人员', photo: '拍照', none: '' }, saved: '已存在本机', summary: '总体说明', mySites: '企业', offlineReady: '企业与检查表已存在本机，可离线核查', out: '不达标',
	},
	answers: { title: '核查结果', question: '检查项', answer: '结果', none: '没有作答', onlyWrong: '只看不符合', version: '所用检查表：第 {n} 版' },
	needs: {
		title: '诉求', mine: '我的', area: '本区划', overdue: '逾期', unowned: '无人主办', closedHidden: '查看全部诉求，含已办结', overall: '总时限', lead: '主办时限', ordered: '已督办', bounces: '退回 {n} 次', first: '首问人', leadBody: '主办', assists: '协办',
		clocks: '时限', raised: '提出', columnEmpty: '无', none: '没有未办结的诉求', noneOverdue: '没有逾期的诉求', more: '还有 {n} 条',
	},
	returns: {
		waits: '已存本机，待提交', counts: '是否按时以收到时间为准。', keptTitle: '日报 {day}',
		jump: '到岗人数变动原因',
		title: '日报', asOf: '统计截至 {at}', due: '应于 {at} 前上报', state: { missing: '未报', late: '迟报', zero: '零报告', submitted: '已报', draft: '草稿', sent_back: '已退回', sealed: '已归档' }, figures: '当日数字', figureHelp: '由业务记录自动汇总，点数字看明细', before: '前一日', change: '增减', text: '情况说明', textHelp: '没有可不填',
		confirm: '确认上报', confirmZero: '零报告：当日无情况', confirmed: '{who} 于 {at} 上报', children: '下级上报情况', noChildren: '没有下级单位', bulletin: '通报', copyZh: '复制中文', copyEn: '复制英文', noBulletin: '当日还没有通报', again: '更正上报', mine: '本级日报', site: '企业日报',
		reports: '现在应报的是前一日的日报：{day}', chase: '未报名单', stateLabel: '状态', firms: '企业上报情况', ofFirms: '应报 {n} 家', soFar: '累计', restated: '上报时 {kept}，现为 {now}', missingTitle: '未报名单', missing: { firm: '企业', area: '区划' }, none: '全部已报', at: '上报时间', unit: '单位', askZero: '确认 {day}没有需要上报的情况？数字仍按记录汇总。',
	},
	my: {
		swap: '换班', swaps: '换班', offeredTo: '请 {who} 接替', offeredAll: '请本岗位任何人接替', wantsTaker: '{who} 请您接替', wantsSwap: '{who} 想与您换班', swapState: { asked: '待接受', taken: '待确认' }, accept: '接受', withdraw: '撤回', withdrawn: '已撤回', swapTaken: '已接受，等排班人员确认', swapDone: '已换班',
		title: '我的班次', offline: '没有网络：签到、签退和交接照常，先记在本机并保留当时时间，联网后自动上传。', asOf: '以下为 {at} 的内容。', waiting: '{n} 项待上传', nobody: '您的账号没有对应人员，没有个人班次。请管理员在用户资料中选定“对应人员”。', none: '近期没有给您排班。', here: '{at} 签到，在岗', late: '应到未到', missed: '未到岗',
		come: '签到', comeDone: '已签到', leave: '签退', leaveNow: '确认签退', leaveDone: '已签退，辛苦了', locating: '正在获取位置…', noPlace: '已签到，未取得位置', keptHere: '已记在本机，联网后自动上传', goneHere: '{at} 已签退，待上传', opens: '{at} 起可签到', notes: '前班交接', later: '接下来', more: '只列出最近 {n} 班。',
		week: '本周', hours: '已服务（小时）', stood: '已完成 / 全部', inRow: '连续在岗（天）', rest: '已连续在岗满 {n} 天，请安排休息。', served: '{n} 小时', left: '交接', noneDone: '本周还没有完成的班次。', handover: '交给下一班的话', handoverHelp: '物品、未办完的事、需要留意的人和车，没有可不填',
	},
	own: mine,
	serving: {
		title: '在岗统计', units: '分单位', unit: '单位', noUnit: '无单位', pledged: '报名', serving: '在岗', party: '党员', leading: '带队', shifts: '班次', hours: '工时', longest: '连续天数', find: '查找单位', none: '此处尚无报名或在岗人员', noneFound: '没有此名称的单位',
		note: '在岗、党员、带队为当日人数；班次、工时为近 {n} 天合计；连续天数为该单位人员连续在岗未休的最多天数。', tired: '连续在岗满 {n} 天', nobodyTired: '均已按时休息。', rosterRested: '有排班的人员均已按时休息。', unknown: '休息不详', unknownLong: '不详：{n} 人所在岗位未排班，是否休息无从得知，其中在岗最久的已 {days} 天。', inRow: '{n} 天', more: '还有 {n} 人，请选择下级区划查看',
	},
	merge: {
		open: '合并…', title: '合并两条记录', help: '保留本页这一条。指向另一条的报名、派驻、班次、挂点、健康记录等全部改指本条，另一条作废。合并可以撤销。',
		other: '同一人的另一条记录', same: '这就是本页的记录', kept: '保留', goes: '作废', alike: '相同', button: '合并', done: '已合并为一条记录',
		compare: '对照并合并', look: '查看', what: '合并移动的内容', nothing: '没有记录指向另一条', out: '作废：保留的人员已有相同记录', taken: '采用了其值的项目',
		undo: '撤销合并', undoHelp: '另一条记录恢复，移动过的记录退回给它；合并后改动过的除外。', undone: '已撤销合并', left: '合并后有改动，未退回：', more: '另有 {n} 条',
	},
	papers: {
		certificate: '服务证明', certificateHelp: '统计此人截至今日的服务情况，证明上载明姓名。查看会被记录，请写明原因。', again: '重新打印', order: '打印派驻通知', orders: '打印派驻通知', ordersHelp: '通知上载明姓名和带队人电话。查看会被记录，请写明原因。', make: '生成 PDF', made: 'PDF 已下载', sent: '已派驻 {n} 人，{day}到岗',
		verifyHere: '公开核验页：', verifyTitle: '核验服务证明', valid: '此证明有效', withdrawn: '此证明已撤销', withdrawnHelp: '此证明不再有效，请向开具单位查询。', unknown: '没有这份证明', unknownHelp: '编号和验证码与已开具的证明不符，请与纸面核对链接。', compare: '请与纸面内容核对。姓名只显示一部分。',
		number: '编号', name: '姓名', day: '开具日期', days: '服务天数', hours: '服务小时', erased: '已不再保存',
	},
	claim: {
		title: '岗位认领', claim: '我来认领', made: '已认领{post}，等待确认', handBack: '交回岗位', handBackHelp: '自今日起该岗位重新空出，并告知负责人理由。', reason: '理由', returned: '已交回',
		state: { claimed: '待确认', confirmed: '已确认', refused: '未同意', returned: '已交回' },
	},
	leave: {
		cut: '停派内容', nothing: '自该日起无派驻、班次和挂点', since: '{day}起', filled: '已补上', given: '已交由{name}',
		open: { assignment: '岗位待补', shift: '班次待补', link: '挂点待补', need: '待移交', finding: '待跟进' },
		state: { open: '已停派', handed: '已移交', back: '已恢复', lost: '未恢复' },
		give: { assignment: '派驻', shift: '排此班', link: '指派', need: '移交', finding: '移交' },
		load: { assignment: '已派 {n} 天', shift: '当周 {n} 小时', link: '现挂点 {n} 家', need: '在跟 {n} 件', finding: '在跟 {n} 项' },
		nobody: { assignment: '附近和同单位暂无可派人员', shift: '该岗位人员中暂无符合休息规定者', link: '附近联络员均已满额', need: '附近暂无可接手的联络员', finding: '附近暂无可接手的联络员' },
	},
	thanks: {
		title: '致谢', names: '显示姓名', people: '服务人数', units: '派出单位', days: '在岗天数', hours: '签到时长（小时）', longest: '服务最久', person: '姓名', unit: '单位', byUnit: '各单位', honours: '表彰', honour: '表彰', noHonours: '尚无表彰', empty: '还没有人在岗服务',
		help: '天数截至昨日，按派驻和签到班次计，同一人同一天只计一次。',
	},
	subsidy: {
		compute: '核算补助', area: '区划', month: '月份', help: '按派驻和签到班次核算在岗天数，同一天只计一次。已批准、已发放和不予发放的不变，只更新待审批的。',
		result: '待审批 {people} 人，在岗 {days} 天，金额 {amount} 元。', changes: '新增 {made} 条，更新 {changed} 条，未变 {kept} 条，取消 {dropped} 条。',
	},
	org: { title: '领导、下级和队伍', leaders: '领导', head: '负责人', below: '下级单位', found: '组建队伍', none: '尚未填写负责人，没有下级单位，也没有牵头的队伍' },
	send: {
		open: '派驻', title: '派驻 {n} 人到岗位', post: '岗位', from: '起始日', until: '截止日（空为同岗位）', button: '派驻', odd: '已派驻，请留意：', reason: '请假期间仍派驻的理由（留存您的姓名）', done: '已派驻 {n} 人', partly: '已派驻 {good} 人，{bad} 人未派',
	},
	unitList: {
		title: '单位集体报名', unit: '单位', post: '推荐到岗位（可不填）', paste: '从表格复制名单', help: '可带表头，或按此顺序：{columns}。已登记的人员自动识别，不重复建档。所属区划填名称或代码，空为单位所在区划。', comma: '、', ignored: '以下列未采用：{columns}', outcome: '结果', unseen: '待核对', look: '核对 {n} 行', send: '报名 {n} 人', done: '已报名 {n} 人',
		known: '已登记，补报名', fresh: '新登记', already: '已报过名', answered: '报名情况', none: '尚无人报名', waiting: '待审核', approved: '已通过', declined: '未通过', withdrawn: '已撤回', by: { units: '单位', ranks: '职级', wishes: '意向岗位' }, notTold: '未填',
	},
	staff: {
		part: { who: '基本信息', work: '岗位信息', living: '居住与接触情况', way: '离返行程' },
		title: '一员一档', enter: '登记员工', all: '员工名册', files: '员工档案', ofStaff: '职工 {n}', lacking: '档案不全', rooms: '隔离观察室', roomsNeeded: '应设 {n}',
		roomsShort: '按职工人数应设隔离观察室 {needed} 间，还缺 {n} 间。', roomsUnknown: '按职工人数应设隔离观察室 {needed} 间，尚未填报现有间数。', none: '还没有员工档案，可从 Excel 导入或逐人登记',
		lackTitle: '{files} 份档案中 {lacking} 份不全', allComplete: '现有档案全部完整', without: '另有 {n} 名职工还没有档案', fill: '补填', ofFiles: '{files} 份中 {lacking} 份不全', more: '共 {n} 人，查看全部',
		calendar: '未来七天预计返岗', people: '{n} 人', lateBack: '逾期未返 {n} 人', noWay: '方式未填', release: '解除隔离（今明两日）', noRelease: '今明两日没有到期解除隔离的人员', releaseNow: '解除', released: '已解除隔离，转为在岗',
		fillTitle: '补填缺项', wholeFile: '查看档案', nothingLacks: '这份档案没有缺项', saveNext: '保存并补下一份', saveNew: '保存并登记下一人', entered: '已登记 {who}。', stillLacks: '档案还有缺项。',
	},
	waiting: {
		label: '待提交', title: '{n} 项待提交，尚未收到', since: '{at} 起存在本机，尚未收到；联网后自动提交', mend: '更正', change: '修改', dropAsk: '删除后无法恢复，再点一次删除', sent: '已提交', notSent: '还没有提交成功，内容仍在本机', kept: '已存在本机，尚未提交；联网后自动提交',
		offline: '没有网络：照常填写，先存在本机，联网后自动提交。', refused: '提交未成，请更正：{what}', lastSites: '本机今天打开过的企业',
	},
	gate: {
		title: '门岗', site: '企业', choose: '请选择企业', new: { visitor: '外来人员', vehicle: '车辆', goods: '货物', round: '消毒', watch: '上岗值守' }, sum: { visitor: '人员进入', vehicle: '车辆进入', goods: '货物进入', round: '消毒', turned_away: '劝返' },
		standing: '值守', nobody: '还没有值守记录', end: '交班', today: '当日登记', none: '当日还没有登记', away: '劝返', out: '离开', all: '共 {n} 条，查看全部', outsiders: '外来人员和车辆登记表', rounds: '企业消毒防疫记录表',
	},
	bound: {
		title: '两点一线', help: '往返于住处和厂区、不到别处的员工，按居住地统计。企业登记后自动列入。', place: '居住地', home: '居家', dorm: '企业宿舍', sum: '合计', here: '直接登记在此', none: '本区划没有登记“两点一线”的员工', list: '查看名单', new: '今日新增',
	},
	team: { sums: '工作成效', members: '队员', sites: '负责企业', noSites: '未指定企业，负责所属区划或片区。', hours: '服务工时', shifts: '班次', deeds: '事迹', done: '完成', leads: '队长', latest: '最近事迹', noDeeds: '尚无事迹记录', noMembers: '尚无队员', all: '全部 {n}' },
	dispatch: {
		title: '派驻方案', day: '到岗日期', none: '这一天没有缺人的岗位', newPost: '新设岗位', lacking: '缺岗人数', proposed: '拟派人数', left: '其余可派', accept: '采用方案，派驻 {n} 人', accepted: '已派驻 {n} 人', forget: '清除 {n} 项人工调整',
		help: '方案仅供参考：固定或排除后自动重新求解，采用后才生效', filled: '拟派 {given} / 缺 {lacks}', stands: '今日在岗 {filled} 人，缺 {short} 人', better: '更适合：{post}', fix: '固定', unfix: '取消固定', bar: '排除', tell: '短信发送派驻通知', told: '已发出 {n} 条短信。', silent: '{n} 人没有手机号。', parts: '人数较多，已分 {n} 片分别求解。', gapSeats: '整体最优方案至多还能多派 {n} 人。', gap: '整体最优方案的匹配度至多再高 {percent}。', noGap: '已是最优方案。',
		swap: '对调', swapWith: '与{name}对调', else: '换人', leftTitle: '其余可派 {n} 人', insteadOf: '替换 {post} 的{name}', place: '岗位', find: '姓名、特长或单位', fit: '匹配度 {n}', send: '派往此岗', sendInstead: '改派此人', noneLeft: '没有其余可派人员',
	},
	join: {
		available: '可服务的星期和时段', availableHelp: '如：周一至周五 18:00-22:00；周六、周日 08:00-18:00。空为不限',
		open: '正在招募', none: '目前没有接受报名的倡议', until: '{day} 截止', wanted: '需要 {count} 人', toFill: '需要人手的岗位', lacks: '缺 {n} 人', name: '姓名', phone: '手机号', phoneHelp: '用于接收验证码，确认是您本人的号码', home: '居住地', homeLevel: '居住地第 {n} 级', choose: '请选择，可不选', wish: '意向岗位', anyPost: '服从安排', near: '地点意愿',
		unit: '所在单位（可不填）', rank: '职级（可不填）', noRank: '不填', more: '更多情况：便于安排合适岗位', party: '中共党员', skills: '特长', trade: '专业：所学或所从事', languages: '语言和方言', licence: '证照', hours: '可用时间', note: '其他说明', agree: '我已阅读并同意', send: '报名并获取验证码', mend: '请更正上面标出的内容', noCodes: '本系统未开通网上报名，请通过所在单位或社区报名。',
		codeTitle: '输入验证码', codeSent: '验证码短信已发往 {phone}，{at} 前有效。未验证的报名无效。', codeDemo: '演示系统不发短信，验证码为 {code}', code: '验证码', confirm: '确认报名', change: '修改填写内容', againIn: '{n} 秒后可重新发送', again: '重新发送验证码', others: '全部倡议',
		ownWho: '{name} 于 {day} 报名', ownState: { signed: '报名已收到，结果将以短信告知。', approved: '您已入选，岗位确定后将显示在这里。', declined: '本次未能安排，感谢您的支持。', withdrawn: '您已撤回报名。' }, posts: '我的岗位', from: '{day} 起', keep: '本页只属于您，请保存链接以便再次查看。', copyLink: '复制链接', agreed: '已同意的说明', withdraw: '撤回报名', withdrawAsk: '确定撤回？撤回后不再安排岗位。', publicPage: '公开报名页：',
	},
	roster: {
		now: '当前在岗', late: '应到未到', title: '排班表', names: '显示姓名', earlier: '前 {n} 天', loads: '各人工时 {least}–{most} 小时', post: '岗位', person: '人员', hours: '工时', hoursOf: '本周 {n} 小时', lead: '带队', inRow: '连 {n} 天', needs: '需 {n} 人', lacks: '缺 {n} 人', full: '已满', lacking: '本周缺 {n} 人次', noShift: '无班次', day: '日期', shift: '班次', from: '开始', until: '结束', otherHours: '其他时段',
		state: { here: '在岗', done: '已下岗', missed: '未到岗' }, over: '突破休息规定：{why}（{who}）', add: '排班', addFor: '给 {who} 排 {day} 的班', change: '调整班次', moved: '已调整', take: '取消班次', details: '详情', why: '突破规定的理由', whyHelp: '将与您的姓名一并留存', aside: '说明理由并保存',
		before: '上一周', after: '下一周', thisWeek: '回到本周', only: '只看此岗位', none: '本周没有设置班次的岗位', noneHelp: '在岗位上填写“班次设置”，或选择一个岗位开始排班。', toPosts: '岗位列表', nobody: '本周无人派驻。', assign: '派驻人员', noSlots: '该岗位未设置班次，可在拟定排班时一并设置。', more: '只列出前 {n} 个岗位，请选择岗位或下级区划。',
		rules: '休息规定：两班间隔不少于 {hours} 小时，连续当班不超过 {row} 天，七天内夜班不超过 {nights} 个。', help: '拖动班次可换人换日；点击或按回车可调整。', helpPhone: '点按班次可调整。',
		propose: '拟定排班', proposal: '排班方案', firstDay: '起始日', span: '天数', nDays: '{n} 天', pattern: '班次', patterns: { three: '三班倒', two: '两班倒', day: '白班' }, each: '每班人数', slots: '班次设置', slotsHelp: '如：08:00-16:00 x2, 16:00-24:00 x2, 00:00-08:00 x1', keepSlots: '采用时存为该岗位的班次设置',
		rotate: '轮换', rotations: { weekly: '每周轮换', daily: '每日轮换', keep: '固定班次' }, among: '参加排班 {n} 人', filled: '已排', empty: '空缺', there: '原有', promise: '方案不违反休息规定，采用后才生效。', shifts: '班数', nights: '夜班', longest: '最多连续天数', whyEmpty: '空缺 {n} 个的原因', accept: '采用方案，排 {n} 班', again: '重新拟定', discard: '放弃', accepted: '已排 {n} 班',
	},
	round: { title: '进度', rate: '完成率', planned: '应查', visited: '已查', left: '未查', check: '开始核查', all: '全部查完', none: '还没有核查', nothing: '本轮没有应查企业', within: '属于巡查：{title}' },
	template: {
		title: '检查表', new: '新建检查表', edition: '第 {n} 版', state: { draft: '草稿', published: '使用中', retired: '已停用' }, sections: '部分', addSection: '添加部分', addItem: '添加检查项', sectionTitle: '部分名称', itemText: '检查内容', kind: '填写方式',
		kinds: { yesno: '符合 / 不符合', number: '数字', text: '文字', photo: '照片' }, severity: '严重程度', evidence: '查验方式', min: '不低于', max: '不高于', unit: '单位', dueDays: '整改天数', need: '必答', copy: '复制后修改', saveDraft: '保存草稿', newEdition: '存为新版草稿', frozen: '已发布的版本不再改动，修改后存为新版草稿，发布后生效', zh: '中文', en: '英文',
		name: '名称', count: '{sections} 个部分，{items} 项', noTitle: '（未命名）', empty: '还没有部分', removeSure: '连同 {n} 项删除', editions: '各版本', referenceHelp: '参考模板，使用前请结合当地标准核定', needTitle: '请填写部分名称', needText: '请填写检查内容', evidences: { document: '文件记录', object: '实物', witness: '人员陈述', photo: '照片', none: '不限' },
	},
	ledger: {
		myPolicies: '我的政策', toTell: '待送达企业', funnel: '送达进展', step: { matched: '符合条件', told: '已送达', known: '已知晓', applied: '已申请', granted: '已兑现', paid: '已拨付' }, untold: '未送达 {n}', refused: '未通过 {n}', lapsed: '已失效 {n}',
		money: { estimate: '测算金额', asked: '申请金额', granted_money: '兑现金额', paid_money: '拨付金额' }, yuan: '元', judging: '企业信息有更新，正在重新判定', matching: '正在匹配企业：已判定 {done} / {total} 家', matchedAt: '{at} 匹配完成：{total} 家中 {yes} 家符合，{missing} 家缺信息', neverMatched: '发布后自动匹配适用企业', again: '重新匹配', againDone: '已重新开始匹配',
		list: '生成免申即享名单', listHelp: '将所选区划内符合条件、金额已测算且未列入其他名单的企业列成一份名单，签发后一次兑现。', listMade: '名单已生成：{n} 家', lists: '免申即享名单', pdf: '下载名单（PDF）', xlsx: '下载名单（XLSX）', inList: '名单企业', takeOut: '移出', takeOutTitle: '移出名单', takeOutHelp: '移出后不随本名单兑现，可列入以后的名单。', takeOutDone: '已移出名单', emptyList: '名单中没有企业', firm: '企业', amount: '金额',
		questions: '政策咨询', ask: '提出咨询', askHere: '您想了解什么', send: '提交咨询', asked: '已提交，答复后会提醒您', noQuestions: '还没有咨询', waiting: '待答复', answer: '答复', answered: '已答复', answerHere: '答复内容，所有可见此政策的企业都能看到',
		none: '目前没有可享受的政策', noneHelp: '政策发布或企业信息变化后自动匹配，符合条件会出现在这里。', qualifies: '符合条件', unknown: '待确认知晓', toHave: '尚可享受（测算）', got: '已兑现', about: '约 {amount} 元', noAmount: '金额待定', applyBy: '{day} 前申请', noApply: '免申即享', byApply: '需申请', materials: '申请材料', phone: '咨询电话 {phone}', know: '我已知晓', knowAll: '全部知晓（{n} 项）', known: '已确认知晓', apply: '申请', applyTitle: '申请享受政策', applied: '已提交申请',
		missing: '补充信息后可判定', missingAmount: '补充信息后可测算金额', lacks: '{policy}：缺 {facts}', tellFacts: '填报企业信息', refusedWhy: '未通过：{why}', lapsedWhy: '已失效：{why}', grantedFor: '兑现 {amount} 元', paidFor: '已拨付 {amount} 元', details: '查看',
		noFirms: '您挂点的企业都已送达', noFirmsAll: '辖区内没有未送达的企业', mineOnly: '我挂点的企业', all: '辖区全部企业', firmLine: '{n} 项未送达', more: '显示更多', how: '送达方式', hows: { visit: '上门', phone: '电话', message: '短信微信', meeting: '宣讲会' }, heard: '企业当面表示知晓', toldAll: '已告知 {n} 项', toldDone: '已登记：{n} 项', toldPartly: '已登记 {good} 项，{bad} 项未成：{why}', copy: '复制告知内容', copied: '已复制，可粘贴到短信或微信', choose: '勾选已告知的政策', policies: '可享受政策', firmNone: '此企业没有匹配到政策',
	},
	tokens: { title: '接口令牌', help: '供其他程序调用接口。令牌只在建立时显示一次。', make: '建立令牌', name: '用途', once: '请立即抄存，关闭后无法再看', revoke: '吊销', revokeAsk: '吊销后，用它的程序立即失效。', until: '有效期至', used: '最近使用', days: '有效天数', none: '还没有令牌' },
	setupPage: { title: '设置', people: '用户与授权', data: '业务参数', technical: '接口' },
	hub: { title: '{what}', noTabs: '您的授权里没有这部分工作' },
	functions: {
		tax: '税务', justice: '司法行政', science: '科技',
		command: '指挥', industry: '工业和信息化', finance: '金融', labour: '人力资源和社会保障', health: '卫生健康', transport: '交通运输', market: '市场监管', utility: '水电气', emergency: '应急管理', service: '企业服务', town: '镇街', village: '村（社区）',
	},
	filing: {
		title: '企业复工备案', chooseFirm: '选择企业', known: '企业基本情况', knownHelp: '以上取自企业名册，不必重填；有误的请更正，名册随之更新。', correct: '补充或更正', correctHelp: '其他内容有误的，请联系本企业联络员更正。',
		routeHelp: { never_stopped: '本企业适用：未停工登记。提交后即予登记。', notify: '本企业适用：告知备案。提交后即予备案，可于计划日期复工。', pledge: '本企业适用：承诺备案。须附责任承诺书，提交后即予备案，可于计划日期复工。', approve: '本企业适用：审批复工。提交后由镇街或园区审核、现场核查，批准后复工。' },
		ruleOf: '（{area}规定，自{day}起）', lacks: '还有 {n} 项须填写', whole: '须填内容已齐，可以提交', group: { people: '人员和日期', measures: '防控条件', papers: '理由和材料' },
		dayHelp: '须提前 {days} 天备案，最早{day}', roomsHelp: '职工 {staff} 人，按规定应设 {needed} 间', roomsFree: '职工 {from} 人及以上的企业按人数设置', masksLast: '按计划返岗人数可用 {days} 天（至少 {least} 天）', masksHelp: '至少够用 {least} 天',
		batches: '分批返岗计划', batchAdd: '添加批次', batchDay: '返岗日期', batchPeople: '人数', batchPart: '工序或车间', batchOrders: '对应订单', batchNeeds: '请填写返岗日期和人数', batchDropped: '调整批次', batchChange: '调整', batchChangeTitle: '调整返岗批次', batchChangeHelp: '审核人会收到通知，原安排和调整后的安排都留在办理过程中，备案状态不变。', batchChanged: '批次已调整，已通知审核人', batchSum: '合计 {sum} 人，职工 {staff} 人', noBatches: '还没有批次', people: '人',
		own: '企业自查', ownBegin: '开始自查', ownSigned: '自查由企业自行负责，不需检查人员签字。', noOwn: '还没有自查', standard: '现行检查表', noStandard: '尚未指定自查所用检查表', otherList: '（非现行检查表）', failedItems: '不符合 {n} 项',
		lesson: '复工第一课', lessonAdd: '登记培训', lessonHeld: '已于{day}开展', lessonNone: '尚无记录', submit: '提交备案', submitted: '备案已提交', savedAt: '已自动保存，{at}', keptHere: '没有网络，已存在本机，联网后自动保存', notSaved: '有内容未能保存，请看各项提示',
		result: '办理结果', sheet: '备案表', sheetHelp: '备案表载有企业联系人等信息，请填写用途。', waits: '等待审核，{due}', again: '重新备案', flow: '办理过程', noFlow: '尚未提交', goOn: '继续填报',
		decide: '审核意见', filed: '备案内容', checks: '自查与现场核查对照', inspection: '现场核查', none: '无', noneWrong: '没有不符合的条目', noChecks: '还没有自查和现场核查', visit: '开展核查', noVisit: '提交后还没有现场核查', chosen: '已关联', choose: '作为依据', inspected: '已关联现场核查',
		obstacles: '有 {n} 项严重问题未销号，不得批准', needInspection: '批准前须关联现场核查', conditionsOpen: '附加条件未落实', clear: '未发现不符合要求的情况',
		publicLink: '公开查询页',
		publicTitle: '复工备案查询', publicNumber: '备案编号', publicHelp: '输入备案编号，查询企业复工备案状态。编号见备案表。', publicUnknown: '没有此编号的备案', publicUnknownHelp: '请核对编号，如 FG-2020-000001。', publicFirm: '企业', publicDay: '复工日期', publicConditions: '附加条件', publicOpen: '未全部落实', publicMet: '已落实',
	},
	span: { minutes: '{n} 分钟', hours: '{n} 小时', days: '{n} 天' },
	loans: {
		title: '融资保险', board: '看板', sums: '统计', ask: '提出需求', none: '暂无融资保险需求', waiting: '待审批 {n} 笔', waits: '已等待 {time}', took: '用时 {time}', paidOf: '已放款 {paid}，获批 {approved}', kind: '类型',
		count: '需求笔数', wanted: '需求金额', share: '获批率', granted: '获批金额', paid: '放款金额', median: '审批用时中位数', ownMedian: '邀请到审批中位数', byBank: '按机构', byArea: '按区划', noBank: '尚未邀请机构', bank: '机构', invited: '受邀', offered: '方案金额', approved: '获批', refused: '未获批',
		note: '金额单位为元；用时从企业提出起算，按自然时间计，不扣除夜间和节假日。', answers: '机构答复', nobody: '尚未邀请机构', take: '选定此方案', taken: '已选定{bank}的方案',
	},
	bank: {
		title: '本机构融资办理', open: '待办理', offered: '已出方案', done: '已办结', all: '全部', nothing: '没有待本机构办理的需求', none: '没有符合条件的需求', months: '{n} 个月', invitedAt: '{at} 受邀', offer: '方案金额', rate: '年利率', premium: '保费', valid: '有效期至',
	},
	plans: {
		day: '项目日报', none: '当日没有推进中的计划项目', told: '已填报', missing: '缺报', same: '与前一日相同', working: '已复工', late: '逾期', allMissing: '全选缺报（{n} 个）', sameFor: '{n} 个与前一日相同', saidSame: '已填报 {n} 个', more: '只显示前 {n} 个，请选择下级区划', note: '缺报排在最前；未填报即为缺报，不按“与前一日相同”计。',
		missingDays: '缺报 {n} 天', never: '从未填报', toldToday: '已填报', daysLate: '逾期 {n} 天', stopped: '未复工', people: '在岗 {n} 人', asOf: '截至{day}', problems: '问题', blocker: '卡点', next: '下一节点', unchanged: '与前一日相同', tell: '填报', block: '提卡点',
		blockTitle: '{plan}：提出卡点', blockHelp: '卡点按诉求交办、限时办理，办理情况在本项目中显示。', blockKind: '诉求类型', blockText: '卡在哪里，需要什么', blockSend: '提出', raised: '已提出诉求 {number}', days: '近期进度', notBegun: '尚未开始', milestones: '节点', noMilestones: '尚未设置节点', lateOne: '逾期', blockers: '卡点', noBlockers: '暂无卡点',
	},
	lines: {
		title: '产能', list: '产线明细', none: '暂无产线', product: '产品', lines: '产线', running: '已投产', building: '建设中', stopped: '停产', now: '当前日产量', target: '目标日产量', share: '达产比例', next: '最近达产', last: '最晚达产', late: '{day}逾期', by: '{day}达产', unit: '计量单位', perDay: '{unit}/日', below: '{product}：按下级区划',
	},
	power: {
		title: '用电情况', index: '复工电力指数', firms: '用电复工率', used: '用电复产率', usedRunning: '已复工企业复产率', told: '填报复工率', read: '有数据企业', bases: '用电基准', readings: '日用电量', none: '尚未导入用电数据', noneToday: '当日没有用电数据，最近一日为{day}', toLast: '查看最近一日',
		note: '日用电量达到基准的 {percent}% 视为复工；指数 = 用电复工率 × {firms} + 用电复产率 × {used}。用电数据仅供对照，不代替企业填报。', differ: '用电与填报不一致', agree: '没有不一致的企业', firm: '企业', saysTold: '填报', saysMeter: '用电', ofBase: '占基准', works: '已复工', still: '未复工',
	},
	advice: { choose: '请选定一个时段：', waits: '已给出时段，待企业选定：', taken: '已约定' },
	lacks: { loan_approval: '未获批 {n}', plans_daily: '缺报 {n}' },
	capacity: { told: '已报 {n} 家' },
	risk: { low: '低风险', medium: '中风险', high: '高风险' },
	policy: {
		conditions: '条件和待遇', benefit: '待遇', inWords: '政策条件（文字）', gives: '待遇', forAll: '无条件，适用区划内全部企业（场所）', editAndTry: '编辑与试算', tryIt: '试算', run: '开始试算', again: '重新试算', back: '政策详情',
		example: '示例：依公开资料编写，非官方文本，使用前请核对。', frozen: '只有草稿可以编辑条件和待遇；已发布的政策可以试算。', unsaved: '有未保存的修改',
		tryHelp: '用当前区划内的真实企业检验这里的条件，不会保存，也不会告知任何人。', stale: '条件或待遇已修改，以下为修改前的结果。', sum: '金额合计（元）', unknownAmounts: '金额未知', month: '按月的事实看 {month}。', cut: '企业过多，只计前 {sites} 家。',
		noRows: '没有符合所选结果的企业', more: '更多', openSite: '查看企业', lacks: '缺：{what}', amountUnknown: '金额未知', seen: '实际：{what}', notKnown: '未掌握：{what}', why: '理由', ofSite: '惠企政策', facts: '企业事实', noneHere: '目前没有适用此处的已发布政策',
		verdict: { yes: '符合', missing: '待补事实', no: '不符合' }, holds: { yes: '符合', missing: '未掌握', no: '不符合' }, noApplication: '免申即享', onApplication: '依申请', applyBy: '{day} 前申请',
		inMonth: '（{month}）', inRegister: '在企业名册中填写', badNumber: '请按要求填写', told: '已记录：{what}',
		loadExamples: '载入示例政策', examplesMade: '已载入 {n} 项示例政策（草稿）', examplesThere: '示例政策已全部在此',
		about: '条件类型', fact: '事实', value: '取值', day: '日期', compare: '比较', chooseFact: '选择事实', ofRegister: '企业名册已有', ofFacts: '企业事实', monthly: '（按月）', note: '说明', addNote: '添加说明',
		leaf: { in: '属于所列类别', flag: '是或否', number: '数值比较', day: '日期比较', ratio: '两项之比', industry: '行业', area: '区划', risk: '风险等级', member: '名单制', without: '未享受其他政策' },
		group: { all: '以下全部满足', any: '以下至少满足一项', none: '以下均不成立' }, groupKind: '条件组类型', groupAt: '条件组 {at}', top_group: '全部条件', emptyGroup: '此组还没有条件', emptyTop: '没有条件：区划内企业（场所）全部符合', addLeaf: '添加条件', addGroup: '添加条件组',
		numberCompare: { '<': '低于', '<=': '不超过', '=': '等于', '!=': '不等于', '>=': '不低于', '>': '高于' }, dayCompare: { '<': '早于', '<=': '不晚于', '=': '为', '!=': '不为', '>=': '不早于', '>': '晚于' },
		code: { area: '区划代码，如 4301', industry: '行业代码，如 C、61、6110', in: '可选值', member: '名单代码', without: '政策代码' }, pick: { area: '选择区划', without: '选择政策' }, low: '低风险', medium: '中风险', high: '高风险',
		top: '分子', less: '减去（可不填）', bottom: '分母', parts: '分母取', wholeOf: '全数', monthOf: '十二分之一（月均）', headsOf: '按人数分档（可不填）', fromMonth: '自月份', toMonth: '至月份', upto: '人数不超过', share: '比例', addBand: '添加一档',
		formula: '计算方式', amount: '金额', base: '基数', percent: '百分比', free: '全额月数', half: '减半月数', heads: '人数', balance: '余额', mostMonths: '最长月数', shareOf: '承担比例', other: '其他已承担比例（可不填）', mostShare: '合计上限',
		kind: { none: '不涉及金额', fixed: '固定金额', percent: '基数的百分比', heads: '按人数和月数', months: '按月数（全额、减半）', rate: '利率差额', most: '取其高者', sum: '几项相加', cases: '分情形' },
		part: { months: '月数', from: '利率', to: '减去利率', per: '每人每月' }, asNumber: '填数字', asFact: '取事实', partAt: '第 {at} 项', casesHelp: '自上而下，第一个条件满足的情形决定待遇。', otherwise: '其他情形', addWhen: '加上条件', addCase: '添加情形', addPart: '添加一项',
		caps: '上限', cap: '一般上限', size: { large: '大型上限', medium: '中型上限', small: '小型上限', micro: '微型上限' },
	},
};

export default pages;
