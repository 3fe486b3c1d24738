/* Lists that an administrator keeps for needs, urgent news and posts, begun from data/choices.json. */
#pragma once

#define DEF "app/need_kind.def"
#include "record/struct.h"
#define DEF "app/need_class.def"
#include "record/struct.h"
#define DEF "app/post_kind.def"
#include "record/struct.h"
#define DEF "app/report_kind.def"
#include "record/struct.h"
#define DEF "app/fact_kind.def"
#include "record/struct.h"
#define DEF "app/filing_reason.def"
#include "record/struct.h"
#define DEF "app/loan_reason.def"
#include "record/struct.h"
#define DEF "app/product.def"
#include "record/struct.h"

/* The path of the whole tree: where lists stand that hold for everyone, so that only who reaches all of it edits them. */
const char *choices_path(struct work *work);
/* Puts in what a new store begins with and is not there yet. Inside store_write. */
enum status choices_begin(struct work *work);
/* By code; NULL where the list has none. */
const struct need_kind *need_kind_find(struct work *work, const char *code);
const struct post_kind *post_kind_find(struct work *work, const char *code);
const struct need_class *need_class_find(struct work *work, const char *code);
