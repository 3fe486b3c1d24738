/* 本人的岗位、班次、请假。 */
export default {
	whom: '换给', whoever: '本岗位任何人', against: '换回班次', nothing: '不换回', why: '原因', alone: '该岗位当日没有其他人员，请联系带队人。', offer: '申请换班', offered: '已提出换班申请',
};
