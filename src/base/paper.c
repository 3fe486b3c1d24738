#include "base/paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include "base/clock.h"

/* Lengths are points inside; 72 to the inch. */
#define MM (72 / 25.4)
static const double wide = 210 * MM, high = 297 * MM, edge = 20 * MM, label_width = 32 * MM, line_width = 0.4;

struct ink {
	double red, green, blue;
};
static const struct ink dark = {0.110, 0.133, 0.157}, quiet = {0.294, 0.333, 0.376}, pale = {0.851, 0.871, 0.894};

static const struct style {
	double size;
	PangoWeight weight;
	const struct ink *ink;
	double after; /* space below a paragraph */
} styles[] = {
	[PAPER_TITLE] = {22, PANGO_WEIGHT_BOLD, &dark, 4},
	[PAPER_HEAD] = {12, PANGO_WEIGHT_BOLD, &dark, 4},
	[PAPER_LEAD] = {13, PANGO_WEIGHT_NORMAL, &dark, 6},
	[PAPER_TEXT] = {10.5, PANGO_WEIGHT_NORMAL, &dark, 3},
	[PAPER_SMALL] = {8.5, PANGO_WEIGHT_NORMAL, &quiet, 2},
};

struct paper {
	struct arena *arena;
	cairo_surface_t *surface;
	cairo_t *cairo;
	PangoFontMap *fonts;
	PangoContext *context;
	struct buf out;
	double y; /* of what comes next */
	const char *foot;
	const struct paper_column *columns;
	size_t column_count;
};

/* --- its ground */

static cairo_status_t take(void *context, const unsigned char *bytes, unsigned size)
{
	struct paper *paper = context;
	buf_add(&paper->out, (const char *)bytes, size);
	return CAIRO_STATUS_SUCCESS;
}

static void release(void *thing)
{
	struct paper *paper = thing;
	cairo_destroy(paper->cairo);
	cairo_surface_destroy(paper->surface);
	g_object_unref(paper->context);
	g_object_unref(paper->fonts);
}

static PangoLayout *lay(struct paper *paper, enum paper_style style, double width, enum paper_side side, const char *text)
{
	static const PangoAlignment sides[] = {
		[PAPER_LEFT] = PANGO_ALIGN_LEFT, [PAPER_CENTER] = PANGO_ALIGN_CENTER, [PAPER_RIGHT] = PANGO_ALIGN_RIGHT};
	PangoLayout *layout = pango_layout_new(paper->context);
	PangoFontDescription *font = pango_font_description_from_string("PingFang SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif");
	pango_font_description_set_weight(font, styles[style].weight);
	pango_font_description_set_absolute_size(font, styles[style].size * PANGO_SCALE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(layout, sides[side]);
	pango_layout_set_text(layout, text, -1);
	return layout;
}

static bool has_font(struct paper *paper)
{
	PangoLayout *layout = lay(paper, PAPER_TEXT, wide, PAPER_LEFT, "中");
	bool has = pango_layout_get_unknown_glyphs_count(layout) == 0;
	g_object_unref(layout);
	return has;
}

struct paper *paper_new(struct arena *arena, enum language language, const char *title, int64_t day)
{
	struct paper *paper = arena_alloc(arena, sizeof *paper);
	char text[DAY_TEXT];
	*paper = (struct paper){.arena = arena, .out = {.arena = arena}, .y = edge};
	paper->surface = cairo_pdf_surface_create_for_stream(take, paper, wide, high);
	paper->cairo = cairo_create(paper->surface);
	paper->fonts = pango_cairo_font_map_new();
	paper->context = pango_font_map_create_context(paper->fonts);
	arena_defer(arena, release, paper);
	/* points are points: of the screen that is not there nothing is asked */
	pango_cairo_context_set_resolution(paper->context, 72);
	pango_context_set_round_glyph_positions(paper->context, FALSE);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(paper->context, options);
	cairo_font_options_destroy(options);
	pango_context_set_language(paper->context, pango_language_from_string(language == CHINESE ? "zh-cn" : "en"));
	cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_TITLE, title);
	cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_CREATOR, "muster");
	cairo_pdf_surface_set_metadata(
		paper->surface, CAIRO_PDF_METADATA_CREATE_DATE, arena_print(arena, "%sT00:00:00Z", day_print(day, text)));
	return has_font(paper) ? paper : NULL;
}

/* --- drawing */

static void set_ink(struct paper *paper, const struct ink *ink)
{
	cairo_set_source_rgb(paper->cairo, ink->red, ink->green, ink->blue);
}

static void rule(struct paper *paper, double x, double width, const struct ink *ink)
{
	set_ink(paper, ink);
	cairo_rectangle(paper->cairo, x, paper->y, width, line_width);
	cairo_fill(paper->cairo);
}

static double height(PangoLayout *layout)
{
	int size;
	pango_layout_get_size(layout, NULL, &size);
	return (double)size / PANGO_SCALE;
}

static void draw(struct paper *paper, enum paper_style style, double x, double y, PangoLayout *layout)
{
	set_ink(paper, styles[style].ink);
	cairo_move_to(paper->cairo, x, y);
	pango_cairo_show_layout(paper->cairo, layout);
}

static void put(struct paper *paper, enum paper_style style, enum paper_side side, double x, double y, double width, const char *text)
{
	PangoLayout *layout = lay(paper, style, width, side, text);
	draw(paper, style, x, y, layout);
	g_object_unref(layout);
}

void paper_next(struct paper *paper)
{
	if (paper->foot)
		put(paper, PAPER_SMALL, PAPER_LEFT, edge, high - edge + 4 * MM, wide - 2 * edge, paper->foot);
	cairo_show_page(paper->cairo);
	paper->y = edge;
}

static void room(struct paper *paper, double size)
{
	if (paper->y + size > high - edge)
		paper_next(paper);
}

void paper_room(struct paper *paper, double size)
{
	room(paper, size * MM);
}

void paper_gap(struct paper *paper, double size)
{
	paper->y += size * MM;
}

void paper_foot(struct paper *paper, const char *text)
{
	paper->foot = text;
}

/* Line by line, over as many sheets as it takes. */
static void flow(struct paper *paper, enum paper_style style, double x, PangoLayout *layout)
{
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	do {
		PangoRectangle box;
		pango_layout_iter_get_line_extents(iter, NULL, &box);
		double size = (double)box.height / PANGO_SCALE, base = (double)(pango_layout_iter_get_baseline(iter) - box.y) / PANGO_SCALE;
		room(paper, size);
		set_ink(paper, styles[style].ink);
		cairo_move_to(paper->cairo, x + (double)box.x / PANGO_SCALE, paper->y + base);
		pango_cairo_show_layout_line(paper->cairo, pango_layout_iter_get_line_readonly(iter));
		paper->y += size;
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
}

void paper_text(struct paper *paper, enum paper_style style, enum paper_side side, const char *text)
{
	PangoLayout *layout = lay(paper, style, wide - 2 * edge, side, text);
	flow(paper, style, edge, layout);
	g_object_unref(layout);
	paper->y += styles[style].after;
}

void paper_fact(struct paper *paper, const char *label, const char *text)
{
	static const double above = 4, below = 4;
	if (!text || !*text)
		return;
	PangoLayout *layout = lay(paper, PAPER_TEXT, wide - 2 * edge - label_width, PAPER_LEFT, text);
	PangoLayout *name = lay(paper, PAPER_TEXT, label_width - 4 * MM, PAPER_LEFT, label);
	double least = height(name);
	room(paper, above + least + below);
	rule(paper, edge, wide - 2 * edge, &pale);
	paper->y += above;
	set_ink(paper, &quiet);
	cairo_move_to(paper->cairo, edge, paper->y);
	pango_cairo_show_layout(paper->cairo, name);
	double end = paper->y + least;
	flow(paper, PAPER_TEXT, edge + label_width, layout);
	/* a long name of few words */
	if (paper->y > edge + least && paper->y < end)
		paper->y = end;
	paper->y += below;
	g_object_unref(layout);
	g_object_unref(name);
}

/* --- tables */

static void row(struct paper *paper, enum paper_style style, const char *const *cells)
{
	static const double pad = 3;
	double x = edge, most = 0;
	PangoLayout **layouts = arena_alloc(paper->arena, paper->column_count * sizeof *layouts);
	for (size_t i = 0; i < paper->column_count; i++) {
		const struct paper_column *column = &paper->columns[i];
		layouts[i] =
			lay(paper, style, (column->width - 3) * MM, column->right ? PAPER_RIGHT : PAPER_LEFT, cells[i] ? cells[i] : "");
		double size = height(layouts[i]);
		most = size > most ? size : most;
	}
	paper->y += pad;
	for (size_t i = 0; i < paper->column_count; i++) {
		draw(paper, style, x, paper->y, layouts[i]);
		g_object_unref(layouts[i]);
		x += paper->columns[i].width * MM;
	}
	paper->y += most + pad;
}

static void draw_heads(struct paper *paper)
{
	const char **heads = arena_alloc(paper->arena, paper->column_count * sizeof *heads);
	for (size_t i = 0; i < paper->column_count; i++)
		heads[i] = paper->columns[i].head;
	row(paper, PAPER_SMALL, heads);
	rule(paper, edge, wide - 2 * edge, &quiet);
}

void paper_table(struct paper *paper, const struct paper_column *columns, size_t count)
{
	paper->columns = columns;
	paper->column_count = count;
	paper_room(paper, 24);
	draw_heads(paper);
}

/* The height that a row will have. */
static double measure(struct paper *paper, const char *const *cells)
{
	double most = 0;
	for (size_t i = 0; i < paper->column_count; i++) {
		PangoLayout *layout = lay(paper, PAPER_TEXT, (paper->columns[i].width - 3) * MM, PAPER_LEFT, cells[i] ? cells[i] : "");
		double size = height(layout);
		most = size > most ? size : most;
		g_object_unref(layout);
	}
	return most + 8;
}

void paper_row(struct paper *paper, const char *const *cells)
{
	if (paper->y + measure(paper, cells) > high - edge) {
		paper_next(paper);
		draw_heads(paper);
	}
	row(paper, PAPER_TEXT, cells);
	rule(paper, edge, wide - 2 * edge, &pale);
}

/* --- at the end of a paper */

void paper_sign(struct paper *paper, const char *left, const char *right)
{
	static const double each = 75 * MM;
	const char *const names[] = {left, right};
	const double places[] = {edge, wide - edge - each};
	paper_room(paper, 24);
	paper->y += 16 * MM;
	for (int i = 0; i < 2; i++) {
		rule(paper, places[i], each, &quiet);
		put(paper, PAPER_SMALL, PAPER_LEFT, places[i], paper->y + 3, each, names[i]);
	}
	paper->y += 8 * MM;
}

/* Squares side by side are one, so that no seam shows between them. */
static void draw_code(struct paper *paper, const QRcode *code, double x, double y, double size)
{
	double square = size / code->width;
	set_ink(paper, &dark);
	for (int line = 0; line < code->width; line++)
		for (int from = 0, to; from < code->width; from = to + 1) {
			for (to = from; to < code->width && code->data[line * code->width + to] & 1; to++)
				;
			if (to > from)
				cairo_rectangle(paper->cairo, x + from * square, y + line * square, (to - from) * square, square * 1.01);
		}
	cairo_fill(paper->cairo);
}

void paper_code(struct paper *paper, const char *code, double size, const char *text)
{
	QRcode *drawn = QRcode_encodeString8bit(code, 0, QR_ECLEVEL_M);
	size *= MM;
	room(paper, size);
	if (drawn)
		draw_code(paper, drawn, wide - edge - size, paper->y, size);
	QRcode_free(drawn);
	put(paper, PAPER_SMALL, PAPER_LEFT, edge, paper->y, wide - 2 * edge - size - 6 * MM, text);
	paper->y += size;
}

const void *paper_end(struct paper *paper, size_t *size)
{
	paper_next(paper);
	cairo_surface_finish(paper->surface);
	if (cairo_surface_status(paper->surface) != CAIRO_STATUS_SUCCESS || cairo_status(paper->cairo) != CAIRO_STATUS_SUCCESS)
		return NULL;
	*size = paper->out.size;
	return buf_end(&paper->out);
}
