/* 每日健康申报。 */
const health = {
	title: '每日健康申报', of: '{day}', firms: '各企业健康申报', export: '导出', lacks: '未报 {n}',
	due: '在岗', told: '已报', missing: '未报', measured: '已测温', attested: '声明测温', feverish: '发热', ill: '症状预警', positive: '检测阳性', absent: '缺勤', isolating: '隔离观察', differ: '与本人不一致', notDue: '不需报',
	onDuty: '在岗', threshold: '发热界限 {n}℃，达到即预警',
	// 填报
	exceptions: '先填异常', find: '工号、姓名或拼音', findHelp: '输入后回车选人；体温填完回车回到此处', nobody: '没有找到', symptoms: '症状', temperature: '体温', result: '检测', tenths: '如 36.5', badTemperature: '填 30.0 至 45.0，如 36.5',
	remove: '移除', allOthers: '其余 {n} 人在岗、无症状，填报', onlyThese: '填报以上 {n} 人', nothing: '没有可填报的内容', none: '当日在岗人员均已填报', saidDone: '已填报 {n} 人', sending: '正在填报',
	left: '{n} 人测温、检测、健康记录或本人填报异常，未一并填报，请逐人核对', notSent: '没有网络，尚未填报；内容保留在本页，联网后再点一次', keptHere: '已存本机，待提交', keptAll: '均已填在本机，待提交', keptTitle: '健康申报 {day}：逐人 {n} 人，其余 {others} 人', keptFever: '其中有达到发热界限的人员，尚未报出：请立即打电话告知联络员', findOffline: '没有网络，只能按工号或部门查找', alarm: '已上报突发情况，并通知联络员和本单位', openAlarm: '查看突发情况', noTemperature: '一并填报只写状态，不写体温；体温来自测温文件或逐人填写，未逐人记录的可作测温声明', changeOne: '更正',
	way: { each: '单位逐人', gate: '测温文件', all: '单位一并', own: '本人', record: '健康记录' },
	presence: { on_duty: '在岗', absent: '缺勤', isolating: '隔离观察' },
	symptom: { none: '无', cough: '咳嗽', breath: '呼吸困难', throat: '咽痛', tired: '乏力', gut: '腹泻', several: '多种', other: '其他' },
	test: { pending: '待出', negative: '阴性', positive: '阳性' },
	state: { expected: '未返岗', travelling: '返程中', isolating: '隔离观察', on_duty: '在岗', remote: '居家办公', leave: '请假', left: '离职' },
	// 名单
	roster: '名单', all: '全部', showMissing: '未报', showTold: '已报', showOdd: '异常', showOwn: '本人填报', name: '姓名', number: '工号', dept: '部门', fileState: '档案状态', today: '今日', before: '昨日', by: '填报方式', reveal: '显示姓名和健康情况', ownWord: '本人', worries: '需处置', noStaff: '还没有职工档案', noStaffHelp: '先导入职工档案，再填报健康情况', toStaff: '职工档案', nobodyHere: '没有符合条件的人员',
	keys: '↑↓ 选择，回车填报，/ 查找',
	// 测温文件
	gate: '测温文件', gateHelp: '测温设备导出的 CSV 或 XLSX，须有体温列，以及工号、身份证号或姓名列；按工号对应到人，同一人取当日最高值。', gateChoose: '选择文件', gateDrop: '或拖到这里', gateLooking: '正在核对', gateFresh: '可写入 {n} 人', gateKnown: '已有 {n} 人', gateFever: '达到发热界限 {n} 人', gateOther: '非当日 {n} 行', gateUnmatched: '对不上人的 {n} 行', gateBad: '无法识别的 {n} 行', gateRow: '行', gateWhy: '原因', gateTake: '写入 {n} 人体温', gateDone: '已写入 {n} 人体温', gateAgain: '换一个文件', gateFirst: '只列出前 {n} 行', gateNothing: '没有可写入的体温',
	// 声明
	attest: '测温声明', attestHelp: '未逐人记录的测温，由具名责任人作出声明。计为声明测温，不计为已测温。', count: '测温人数', place: '测温地点', person: '责任人', duty: '职务', words: '声明内容', noneFeverish: '无一人达到 {n}℃', attestSend: '作出声明', attestDone: '已作出声明', attestNone: '当日没有测温声明', attestLine: '{gate}：{count} 人', attestWords: '{count} 人均在{gate}测温，无一人达到 {n}℃',
	// 链接
	links: '本人填报链接', linksHelp: '每人一个链接，本人用手机打开填报，不需账号。职工离职或收回后失效。', linksAll: '发放给全体在册职工', linksMade: '新发 {made} 个，有效 {n} 个', linksPaper: '下载二维码（PDF）', linksFor: '{who} 的链接', linksCopy: '复制链接', linksList: '查看和收回', linksOne: '取单个链接', linksNames: '二维码上显示姓名须说明理由，导出有记录',
	// 企业汇总
	mine: '我挂点的企业', everyFirm: '全部企业', findFirm: '企业名称', noFirms: '没有建立职工档案的企业', firm: '企业', rate: '日报率', remarks: '待核看提示', remarksTitle: '疑似照抄，待核看', remarksNone: '没有待核看的提示', look: '核看', sortedBy: '需处置、未报多的在前', part: '已列 {n} 家，点“更多”续列',
	// 本人
	ownTitle: '今日健康填报', ownWho: '{name}，{site}', well: '今天无不适', unwell: '有不适，或填体温', ownDone: '已填报，谢谢', ownChange: '更改', ownTemperature: '体温（没有量可不填）', ownSend: '提交', ownDays: '最近几天', ownNone: '未填', ownToldWell: '无不适', ownToldIll: '有不适：{what}', ownOffline: '没有网络，刚才的内容还没有提交。保持本页打开，联网后会自动提交，也可再点一次。', ownFever: '体温达到 {n}℃：请不要上岗，立即告诉单位，并联系发热门诊。', ownIll: '请先不要上岗，告诉单位负责人。', ownPrivate: '只有您和单位负责健康申报的人员、挂点联络员可以看到，查看均有记录。', choose: '哪里不适', ended: '链接已失效',
};

export default health;
