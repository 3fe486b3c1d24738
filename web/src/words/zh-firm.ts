/* 企业开通账号、企业首页。 */
const firm = {
	invite: '邀请企业', inviteTitle: '邀请企业开通账号', inviteHelp: '请对方用手机扫码，或把链接发给对方。对方自定登录名和密码，账号只能查看和填报这一家企业。', inviteNote: '发给谁（职务，不填姓名）', inviteNoteHelp: '如厂长、人事主管',
	inviteMake: '生成邀请', inviteUntil: '{at} 前有效，开通一次后失效', inviteCode: '邀请二维码', inviteList: '查看和收回邀请', invitePassed: '不要发到群里：拿到链接的人都可以开通',
	enterTitle: '开通企业账号', enterFor: '{site}', enterHelp: '设定登录名和密码后即可使用。以后用登录名和密码登录。', enterName: '登录名', enterNameHelp: '字母、数字或汉字均可，不含空格', enterDo: '开通并登录', ended: '邀请已失效', endedHelp: '邀请只能使用一次，过期或收回后失效。请向联络员索取新的邀请。', enterUntil: '{at} 前有效',
	noKeeping: '这个浏览器不能离线保存填报内容：没有网络时请勿填写，或改用系统自带的浏览器打开。', liaisons: '联络员', noLiaison: '还没有联络员',
};

export default firm;
