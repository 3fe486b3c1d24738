/*
 * Signing up for an appeal from outside 公开报名. Somebody fills in a form; a code goes to their phone; with the code they become a person with a pledge. Until then the
 * form lies sealed in the table `signups`, counts for nothing and shows nowhere; job `clean` erases it when the code has ended.
 * Limits (settings signup_*): by phone number, by address, by what waits for the appeals of an area. Number and address are kept as keyed hashes.
 */
#pragma once

#include "app/appeal.h"
#include "app/person.h"

/* What the form may hold: fields of a person and of a pledge. */
#define SIGNUP_PERSON "name,phone,area,party,skills,trade,languages,licence,hours,available"
#define SIGNUP_PLEDGE "wish,near,remark,unit,rank"

struct signup {
	struct id id; /* made by whoever signs up: a retry sends no second code */
	struct id appeal;
	const json_t *form;
	const char *origin; /* the address, IPv6 as its /64 */
	const char *code; /* out: six digits; NULL: it was sent before */
	int64_t ends_at; /* out: until when it holds */
};

/* The appeal, if it is published and open today; NOT_FOUND otherwise. Needs work->db. */
enum status signup_appeal(struct work *work, struct id id, const struct appeal **appeal);
/* What people agree to who answer it. */
const char *signup_consent(struct work *work, const struct appeal *appeal);
/* All that can be said against a sign-up before it is written: fields by kind, the area inside the appeal's, consent, the limits (TOO_MANY). Needs work->db. */
enum status signup_check(struct work *work, const struct signup *signup);
/* Checks again, keeps the form and puts the code on its way. Inside store_write. */
enum status signup_begin(struct work *work, void *signup);

struct signup_code {
	struct id id;
	const char *code;
	enum signup_outcome { SIGNUP_GONE, SIGNUP_WRONG, SIGNUP_DONE } outcome; /* out */
	struct id pledge; /* out */
	int64_t left; /* out: tries that are left */
};
/* With the right code the person (one who is known by this name and number already, else a new one) and the pledge are made; a second time it answers the same. A wrong code is
 * counted, so the outcome is no failure of the write. Inside store_write. */
enum status signup_confirm(struct work *work, void *code);

enum { SIGNUP_TOKEN = 21 };
/* What the link holds by which somebody follows and withdraws their pledge. Made from its id: it is kept nowhere. */
char *signup_token(struct work *work, struct id pledge, char token[SIGNUP_TOKEN]);
/* The pledge of an id and its token, as the person sees it; NULL where they do not belong together. Needs work->db. */
const struct pledge *signup_followed(struct work *work, struct id pledge, const char *token);
/* Tells somebody who signed up by themselves what became of it, on their phone. Inside store_write. */
void signup_tell(struct work *work, const struct pledge *pledge);
