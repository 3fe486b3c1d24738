/* The shapes of the HTTP API, as the server gives them. */

export type Kind =
	| 'text' | 'long' | 'pick' | 'whole' | 'amount' | 'flag' | 'day' | 'stamp' | 'area' | 'link'
	| 'person' | 'phone' | 'idno' | 'uscc' | 'place' | 'file' | 'json';

export type Pick = { code: string; label: string };

export type Field = {
	name: string;
	kind: Kind;
	label: string;
	need?: boolean;
	min?: number;
	max?: number;
	picks?: Pick[];
	link?: string;
	/* The record whose rows are the choices: an administrator's list. */
	choices?: string;
	private?: boolean;
	find?: boolean;
	order?: boolean;
	dated?: boolean;
	filter?: boolean;
	many?: boolean;
	/* Set when made, never changed. */
	fixed?: boolean;
	unit?: string;
	/* Decimal places of a whole number: with 1 it is kept, and on the wire, in tenths. */
	scale?: number;
	set?: 'system' | 'user';
	doc?: string;
	/* A text that holds both languages, "English|中文". */
	both?: boolean;
	/* The same where the server wrote it itself; people write it in one language. */
	halves?: boolean;
	/* One of the fields so marked must be given. */
	either?: boolean;
};

export type Step = {
	name: string;
	label: string;
	from: string[];
	to?: string;
	right: string;
	fields?: string[];
	/* Those of the fields that must be given. */
	needs?: string[];
	/* "field=value", "field" or "!field", by commas: what must hold beside the state. */
	when?: string;
	/* The states in which it is what is usually done next. */
	next?: string[];
	doc?: string;
};

export type RecordDeclaration = {
	name: string;
	plural: string;
	label: string;
	doc?: string;
	/* The link through which a row has its place, where it has no area of its own. */
	follows?: string;
	dated?: boolean;
	/* Has no pages of its own. */
	inner?: boolean;
	/* Rows are never changed. */
	appended?: boolean;
	/* Rights. */
	read: string;
	write: string;
	/* The field that names a row to people. */
	title?: string;
	fields: Field[];
	steps?: Step[];
	/* Filters of the record's own, such as mine=1. */
	views?: Pick[];
	/* Numbers that are worked out when a row is read. */
	extra?: Pick[];
};

export type Measure = { name: string; label: string; unit?: string; scale?: number; stock?: boolean; by?: string[]; record?: string };
export type Indicator = { name: string; label: string; over: string; under: string; total?: boolean; doc?: string };

export type Declarations = {
	records: RecordDeclaration[];
	measures: Measure[];
	indicators: Indicator[];
};

export type Value = string | number | boolean | null | undefined | object;

/* Whether a row may be changed and taken out by the reader, and which steps are possible by right, state and place. */
export type May = { write: boolean; steps: string[] };

export type Row = {
	id: string;
	version: number;
	made_at?: string;
	changed_at?: string;
	voided?: boolean;
	names?: Record<string, string>;
	/* Of one row: what the reader may do with it now. */
	may?: May;
	[field: string]: Value;
};

export type Page = { rows: Row[]; next: string | null; total: number | null };

export type Area = { id: string; name: string; code: string; level: number; parent?: string | null; ancestors?: Area[] };

export type Named = { id: string; name: string };

export type Grant = { role: string; area: Area | null; site: Named | null };

export type Session = {
	user: { id: string; name: string; lang: string; person: string | null };
	csrf: string;
	grants: Grant[];
	rights: string[];
	today: string;
	now: string;
	demo: boolean;
	home: Area | null;
	incident?: { name: string } | null;
};

export type ProblemField = { field: string; row?: number; detail: string };

export type Deed = {
	at: string;
	who: Named | null;
	deed: string;
	reason?: string | null;
	before: Record<string, Value> | null;
	after: Record<string, Value> | null;
};

export type Job = {
	id: string;
	state: string;
	done: number;
	total: number;
	result: ImportResult | null;
	problem: { title?: string; detail?: string } | null;
};

/* What the columns of a file are, before it is checked. */
export type ImportLook = {
	columns: { column: string; field: string | null; ignored: boolean; values?: string[] }[];
	set: { field: string; value: string; name: string }[];
	/* Fields that must be given and are neither in the file nor set. */
	missing: string[];
};

export type ImportResult = {
	good: number;
	bad: number;
	/* Of an import that was run. */
	written: number;
	columns: { column: string; field: string | null; ignored: boolean }[];
	error_count: number;
	errors: { row: number; column?: string; field: string; detail: string }[];
	duplicate_count: number;
	duplicates: { row: number; detail?: string; id?: string; name?: string }[];
	error_file?: string;
};
