#include "app/begin.h"

#include "app/area.h"
#include "app/area_level.h"
#include "app/need_choices.h"
#include "app/session.h"
#include "app/setting.h"
#include "app/settings.h"
#include "app/template.h"
#include "record/recount.h"
#include "record/rows.h"

enum status begin_store(struct work *work, void *unused)
{
	char text[ID_TEXT];
	(void)unused;
	if (id_none(work->store->incident)) {
		work->store->incident = id_new();
		settings_set(work, "incident", id_print(work->store->incident, text));
	}
	keys_ready(work->store->keys, work->db, work->store->incident, true);
	if (recount_fill(work) == OK && area_make_root(work) == OK && area_level_seed(work) == OK && choices_begin(work) == OK &&
		setting_begin(work) == OK)
		template_begin(work);
	return work->status;
}

static enum status add_grant(struct work *work, struct id user, const char *role)
{
	struct grant *grant = (struct grant *)row_new(work->arena, &grant_record);
	struct row *row = &grant->row;
	SET(grant, grant, user, V(user));
	SET(grant, grant, role, V(role));
	SET(grant, grant, area, V(area_root()));
	return row_insert(work, &row, NULL);
}

enum status begin_admin(struct work *work, void *data)
{
	const struct begin_admin *admin = data;
	const char *hash;
	if (password_hash(work, admin->password, &hash) != OK)
		return work->status;
	struct user *user = (struct user *)row_new(work->arena, &user_record);
	struct row *row = &user->row;
	SET(user, user, name, V(admin->name));
	SET(user, user, area, V(area_root()));
	SET(user, user, password, V(hash));
	if (row_insert(work, &row, NULL) != OK || add_grant(work, row->id, "administrator") != OK)
		return work->status;
	return add_grant(work, row->id, "command");
}
