/* 本人的岗位、班次、请假。 */
export default {
	whom: '换给', whoever: '本岗位任何人', against: '换回班次', nothing: '不换回', why: '原因', alone: '该岗位当日没有其他人员，请联系带队人。', offer: '申请换班', offered: '已提出换班申请',
	posts: '我的岗位', place: '地点', days: '日期', hours: '时间安排', shifts: '班次', leader: '带队人', youLead: '由您带队', noLeader: '待定', duties: '职责', noDuties: '该类岗位尚未规定职责，管理员可在设置的岗位类型中填写。', order: '派驻通知', noPosts: '您目前没有派驻岗位。', given: '我的服务和领取', subsidy: '{month} 补助（{n} 天）',
	leaves: '请假', askLeave: '申请请假', leaveKind: '类型', kind: { leave: '请假', sick: '病假', quarantine: '隔离', end: '离岗' }, begins: '起始日', ends: '截止日', endsHelp: '最后一天；不填为返岗前一直有效', reason: '事由', reasonHelp: '属隐私，对他人隐去；有权限者须说明理由方可查看，每次查看均有记录', leaveHelp: '批准后，您自该日起的派驻和班次即停止并由他人接替；返岗时仍空缺的恢复。', leaveAsked: '已申请，等待批准', noLeaves: '没有请假。', answer: '未准理由',
	invite: '邀请开通账号', inviteTitle: '邀请开通本人账号（{n} 人）', inviteHelp: '账号只对应本人，没有管理权限：可查看本人岗位和班次、签到、换班、请假、认领。已配置短信的，链接发送到登记的手机号；否则在此显示，请当面转交。服务结束后账号保留，以便打印服务证明；需要时由管理员停用。', inviteNow: '发出邀请', inviteCode: '开通账号的二维码', inviteUntil: '{at} 前有效，仅可使用一次', inviteHand: '请只交给本人：打开链接者即可设置该账号的密码。',
	inviteOutcome: { made: '请转交链接', sent: '已发送到手机', there: '已有账号', closed: '账号已停用，请联系管理员', recent: '刚刚已发送，请稍后再发' },
	openTitle: '开通本人账号', openHelp: '请设置登录名和密码。此链接仅可使用一次。', openName: '登录名', openNameHelp: '自己好记即可，不含空格；登录名对工作人员可见，请勿填写手机号或身份证号', open: '开通', account: '发送链接到我的手机', accountHelp: '开通账号后可查看本人岗位和班次、签到、换班、请假。链接将发送到报名时验证的手机。', accountSent: '链接已发送到您报名时验证的手机，请查收短信。', accountHere: '演示环境不发送短信，请直接打开：', hasAccount: '您已开通账号。忘记密码请联系管理员。', signIn: '去登录',
	leaveState: { asked: '待批', granted: '已准假', refused: '未准假', back: '已返岗', withdrawn: '已撤回' },
};
