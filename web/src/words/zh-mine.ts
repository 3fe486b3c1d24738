/* 本人的岗位、班次、请假。 */
export default {
	whom: '换给', whoever: '本岗位任何人', against: '换回班次', nothing: '不换回', why: '原因', alone: '该岗位当日没有其他人员，请联系带队人。', offer: '申请换班', offered: '已提出换班申请',
	posts: '我的岗位', place: '地点', days: '日期', hours: '时间安排', shifts: '班次', leader: '带队人', youLead: '由您带队', noLeader: '待定', duties: '职责', noDuties: '该类岗位尚未规定职责，管理员可在设置的岗位类型中填写。', order: '派驻通知', noPosts: '您目前没有派驻岗位。', given: '我的服务和领取', subsidy: '{month} 补助（{n} 天）',
	leaves: '请假', askLeave: '申请请假', leaveKind: '类型', kind: { leave: '请假', sick: '病假', quarantine: '隔离', end: '离岗' }, begins: '起始日', ends: '截止日', endsHelp: '最后一天；不填为返岗前一直有效', reason: '事由', reasonHelp: '属隐私，仅批假人员说明理由后可查看，每次查看均有记录', leaveHelp: '批准后，您自该日起的派驻和班次即停止并由他人接替；返岗时仍空缺的恢复。', leaveAsked: '已申请，等待批准', noLeaves: '没有请假。', answer: '未准理由',
	leaveState: { asked: '待批', granted: '已准假', refused: '未准假', back: '已返岗', withdrawn: '已撤回' },
};
