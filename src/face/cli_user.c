/* user: accounts from the shell. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/area.h"
#include "app/rights.h"
#include "app/session.h"
#include "face/cli.h"
#include "record/rows.h"

enum { MOST_DAYS = 366 };

const char *cli_line(struct arena *arena)
{
	char line[1024] = "";
	if (!fgets(line, sizeof line, stdin))
		return "";
	line[strcspn(line, "\r\n")] = '\0';
	return arena_copy(arena, line);
}

void cli_link(const struct settings *settings, const char *page, const char *token)
{
	printf("http://%s/%s?token=%s\n", setting(settings, "listen", "127.0.0.1:8080"), page, token);
}

struct deed {
	const struct settings *settings;
	const char *name;
	const char *hash; /* of a password; NULL: none given */
	struct id user;
};

static enum status find(struct work *work, const struct deed *deed, struct user **user)
{
	*user = user_named(work, deed->name);
	return *user ? OK : fail(work, NOT_FOUND, NULL, "There is no user %s|没有用户 %s", deed->name);
}

/* Reads a password from standard input; an empty one stands for an invitation. */
static enum status read_password(struct work *work, struct deed *deed)
{
	const char *password = cli_line(work->arena);
	return *password ? password_hash(work, password, &deed->hash) : OK;
}

static enum status add_role(struct work *work, struct id user, struct id area, const char *role)
{
	struct grant *grant = (struct grant *)row_new(work->arena, &grant_record);
	struct row *row = &grant->row;
	if (!role_known(role))
		return fail(work, BAD_FIELD, "role",
			"must be one of administrator, command, officer, liaison, department, enterprise, auditor|"
			"须为 administrator、command、officer、liaison、department、enterprise、auditor 之一");
	SET(grant, grant, user, V(user));
	SET(grant, grant, role, V(role));
	SET(grant, grant, area, V(area));
	return row_insert(work, &row, NULL);
}

static enum status write_added(struct work *work, void *data)
{
	struct deed *deed = data;
	const char *code = setting(deed->settings, "area", NULL), *role = setting(deed->settings, "role", NULL);
	const struct area *area = code ? area_find(work, code) : (const struct area *)row_load(work, &area_record, area_root());
	struct user *user = (struct user *)row_new(work->arena, &user_record);
	struct row *row = &user->row;
	if (!area)
		return fail(work, BAD_FIELD, "area", "There is no such area|没有这个区划");
	SET(user, user, name, V(deed->name));
	SET(user, user, area, V(area->row.id));
	if (deed->hash)
		SET(user, user, password, V(deed->hash));
	if (row_insert(work, &row, NULL) != OK)
		return work->status;
	deed->user = row->id;
	return role ? add_role(work, row->id, area->row.id, role) : OK;
}

static enum status invite(struct work *work, const struct deed *deed)
{
	const char *token;
	int64_t ends_at;
	if (invite_make(work, deed->user, &token, &ends_at) == OK)
		cli_link(deed->settings, "invite", token);
	return work->status;
}

static enum status run_add(struct work *work, struct deed *deed)
{
	if (read_password(work, deed) != OK || store_write(work, write_added, deed) != OK)
		return work->status;
	return deed->hash ? OK : invite(work, deed);
}

static enum status write_password(struct work *work, void *data)
{
	struct deed *deed = data;
	struct user *user;
	if (find(work, deed, &user) != OK)
		return work->status;
	deed->user = user->row.id;
	if (!deed->hash)
		return OK;
	db_run(work->db, "DELETE FROM sessions WHERE user_id = ? AND label IS NULL", BIND(V(user->row.id)));
	try_forget(work, user->name);
	return user_set_password(work, user, deed->hash);
}

static enum status run_password(struct work *work, struct deed *deed)
{
	if (read_password(work, deed) != OK || store_write(work, write_password, deed) != OK)
		return work->status;
	return deed->hash ? OK : invite(work, deed);
}

static enum status write_closed(struct work *work, void *data)
{
	struct deed *deed = data;
	struct deed other = {.name = setting(deed->settings, "to", NULL)};
	struct user *old, *to;
	if (find(work, deed, &old) != OK)
		return work->status;
	struct user *user = (struct user *)row_copy(work->arena, &old->row);
	if (other.name && find(work, &other, &to) != OK)
		return work->status;
	if (other.name)
		SET(user, user, successor, V(to->row.id));
	if (setting_flag(deed->settings, "release"))
		SET(user, user, release, V(1));
	if (record_step(&user_record, "close")->rule(work, &old->row, &user->row) != OK)
		return work->status;
	return row_change(work, &old->row, &user->row, old->row.version, RIGHT_user_write);
}

static enum status run_close(struct work *work, struct deed *deed)
{
	return store_write(work, write_closed, deed);
}

static enum status run_token(struct work *work, struct deed *deed)
{
	struct session session = {0};
	struct user *user;
	long days = strtol(setting(deed->settings, "days", "90"), NULL, 10);
	if (days < 1 || days > MOST_DAYS)
		return fail(work, BAD_FIELD, "days", "must be a number from 1 to %d|须为 1 至 %d 的数", MOST_DAYS);
	store_read(work);
	enum status status = find(work, deed, &user);
	store_release(work);
	if (status != OK)
		return status;
	status = session_token(work, user->row.id, setting(deed->settings, "label", "shell"), days, &session);
	if (status == OK)
		puts(session.token);
	return status;
}

static enum status run_list(struct work *work, struct deed *deed)
{
	(void)deed;
	store_read(work);
	/* one line a grant */
	struct query *query = db_query(work->db,
		"SELECT u.name, a.name, g.role, coalesce(u.closed, 0) FROM users u LEFT JOIN grants g ON g.user = u.id AND g.voided_at IS NULL "
		"LEFT JOIN areas a ON a.id = coalesce(g.area, u.area) WHERE u.voided_at IS NULL ORDER BY u.name, g.role",
		NOTHING);
	while (db_next(query)) {
		const char *name = arena_copy(work->arena, db_text(query, 0)), *area = db_text(query, 1), *role = db_text(query, 2);
		const char *closed = db_whole(query, 3) ? work_text(work, "deactivated|已停用") : "";
		printf("%s\t%s\t%s\t%s\n", name, role ? role : "", area ? area : "", closed);
	}
	store_release(work);
	return OK;
}

int cli_user(const struct settings *settings)
{
	static const struct {
		const char *word;
		bool named;
		enum status (*run)(struct work *work, struct deed *deed);
	} deeds[] = {{"add", true, run_add}, {"password", true, run_password}, {"close", true, run_close}, {"token", true, run_token},
		{"list", false, run_list}};
	const char *word = setting_word(settings, 0, "release");
	struct deed deed = {.settings = settings, .name = setting_word(settings, 1, "release")};
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
		if (!text_same(deeds[i].word, word) || (deeds[i].named && !deed.name))
			continue;
		struct work *work = cli_open(settings, false);
		if (!work)
			return 1;
		enum status status = deeds[i].run(work, &deed);
		int code = status == OK ? 0 : cli_problem(work);
		cli_close(work);
		return code;
	}
	fputs("muster user add|password|close|token NAME, or muster user list (--help tells more)\n", stderr);
	return 2;
}
