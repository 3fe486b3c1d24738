/* Kleene's three values over a tree: what holds, what does not, and what cannot be told for want of facts. */
#pragma once

#include "app/policy_facts.h"

enum verdict { VERDICT_NO, VERDICT_YES, VERDICT_MISSING };

/* Slots of facts, each once; what goes beyond the room is left out. */
struct slot_list {
	int slots[64];
	size_t count;
};
void slot_add(struct slot_list *list, int slot);

/* An undecided condition leaves a group undecided only where no other decides it: one that does not hold for "all", one that holds for "any". */
enum verdict tree_judge(const struct node *node, const struct facts *facts);
enum verdict leaf_judge(const struct node *node, const struct facts *facts);
/* The facts for want of which the tree, or the leaf, cannot be told. */
void tree_missing(const struct node *node, const struct facts *facts, struct slot_list *missing);
void leaf_missing(const struct node *node, const struct facts *facts, struct slot_list *missing);
/* top / (bottom / parts) in hundredths of a percent, rounded half up: for people to read, never to decide. `bottom` is above 0. */
int64_t ratio_rate(int64_t top, int64_t bottom, int64_t parts);
