/* Every record that muster knows. A new one is added here. */
#include "app/appeal.h"
#include "app/appointment.h"
#include "app/area.h"
#include "app/area_level.h"
#include "app/attestation.h"
#include "app/binding.h"
#include "app/certificate.h"
#include "app/care.h"
#include "app/check.h"
#include "app/claim.h"
#include "app/comment.h"
#include "app/daily.h"
#include "app/deadline.h"
#include "app/delivery.h"
#include "app/file.h"
#include "app/filing.h"
#include "app/filing_route.h"
#include "app/link.h"
#include "app/merge.h"
#include "app/fact.h"
#include "app/finding.h"
#include "app/grant_list.h"
#include "app/leave.h"
#include "app/health.h"
#include "app/health_copies.h"
#include "app/gate.h"
#include "app/interview.h"
#include "app/loan.h"
#include "app/need.h"
#include "app/need_choices.h"
#include "app/need_part.h"
#include "app/notice_box.h"
#include "app/org.h"
#include "app/person.h"
#include "app/policy.h"
#include "app/meter.h"
#include "app/plan.h"
#include "app/policy_firm.h"
#include "app/policy_payment.h"
#include "app/policy_question.h"
#include "app/post.h"
#include "app/report.h"
#include "app/setting.h"
#include "app/shift.h"
#include "app/swap.h"
#include "app/round.h"
#include "app/risk.h"
#include "app/site.h"
#include "app/site_day.h"
#include "app/site_invite.h"
#include "app/staff.h"
#include "app/subsidy.h"
#include "app/team.h"
#include "app/template.h"
#include "app/test_batch.h"
#include "app/training.h"
#include "app/user.h"
#include "app/worker_link.h"
#include "app/zone.h"

const struct record *const records[] = {
	&area_record,
	&level_record,
	&user_record,
	&grant_record,
	&org_record,
	&person_record,
	&risk_record,
	&zone_record,
	&zone_member_record,
	&site_record,
	&site_invite_record,
	&link_record,
	&check_record,
	&daily_record,
	&site_day_record,
	&file_record,
	&need_class_record,
	&need_kind_record,
	&need_record,
	&need_part_record,
	&comment_record,
	&notice_record,
	&report_kind_record,
	&report_record,
	&holiday_record,
	&setting_record,
	&template_record,
	&template_version_record,
	&round_record,
	&finding_record,
	&interview_record,
	&health_record,
	&staff_record,
	&site_files_record,
	&attestation_record,
	&worker_link_record,
	&health_remark_record,
	&binding_record,
	&gate_entry_record,
	&gate_watch_record,
	&test_batch_record,
	&post_kind_record,
	&appeal_record,
	&pledge_record,
	&post_record,
	&assignment_record,
	&shift_record,
	&swap_record,
	&team_record,
	&team_member_record,
	&team_site_record,
	&deed_record,
	&certificate_record,
	&care_record,
	&leave_record,
	&merge_record,
	&claim_record,
	&subsidy_record,
	&fact_kind_record,
	&fact_record,
	&policy_record,
	&filing_reason_record,
	&filing_route_record,
	&filing_record,
	&filing_batch_record,
	&training_record,
	&loan_reason_record,
	&loan_record,
	&loan_offer_record,
	&loan_payment_record,
	&product_record,
	&plan_record,
	&milestone_record,
	&plan_day_record,
	&blocker_record,
	&line_record,
	&appointment_record,
	&meter_record,
	&meter_day_record,
	&policy_firm_record,
	&delivery_record,
	&policy_payment_record,
	&grant_list_record,
	&policy_question_record,
};
const size_t record_count = sizeof records / sizeof *records;
