/* 员工检测：批次结果录入。 */
const tests = {
	enter: '录入检测结果', again: '更正检测结果', help: '先选阳性、待出的人员，其余在岗人员确认均为阴性后一并提交。未选的人员不记结果。',
	find: '工号、部门或姓名', of: '检测 {people} 人，已选 {n} 人', over: '已选人数多于检测人数', result: { negative: '阴性', positive: '阳性', pending: '待出' }, notTested: '未受检',
	rest: '其余在岗 {n} 人均为阴性', restOn: '其余在岗 {n} 人按阴性提交', none: '没有符合条件的人员', noStaff: '采样当日没有职工档案', more: '再列 {n} 人', known: '已记结果', send: '提交 {n} 人结果', positives: '其中阳性 {n} 人，提交后立即上报突发情况，并转为隔离观察', done: '已记入 {n} 人的检测结果', names: '显示姓名', wrongRow: '有 {n} 人的结果未能记入，见下方',
};

export default tests;
