/* Pinyin: the generated table, family names, words, and what does not fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/pinyin.h"

static void test_characters(void **state)
{
	(void)state;
	assert_string_equal(pinyin_of(0x4E2D), "zhong"); /* 中 */
	assert_string_equal(pinyin_of(0x4E00), "yi"); /* 一, the first */
	assert_string_equal(pinyin_of(0x5415), "lv"); /* 吕 */
	assert_string_equal(pinyin_of(0x5A04), "lou"); /* 娄 */
	assert_null(pinyin_of(0x4DFF));
	assert_null(pinyin_of(0xA000));
	assert_null(pinyin_of('a'));
	assert_null(pinyin_of(0x10FFFF));
	int known = 0;
	for (uint32_t code = 0x4E00; code <= 0x9FFF; code++) {
		const char *syllable = pinyin_of(code);
		known += syllable != NULL;
		assert_true(!syllable || strspn(syllable, "abcdefghijklmnopqrstuvwxyz") == strlen(syllable));
	}
	assert_true(known > 20000);
}

static void test_surnames(void **state)
{
	(void)state;
	assert_string_equal(pinyin_of(0x5355), "dan"); /* 单 */
	assert_string_equal(pinyin_of_surname(0x5355), "shan");
	assert_string_equal(pinyin_of_surname(0x66FE), "zeng"); /* 曾 */
	assert_string_equal(pinyin_of_surname(0x5F20), "zhang"); /* 张: as always */
	assert_null(pinyin_of_surname('x'));
}

static void check(size_t (*spell)(const char *, char *, size_t), const char *text, const char *expected)
{
	char out[128];
	assert_int_equal(spell(text, out, sizeof out), strlen(expected));
	assert_string_equal(out, expected);
}

static void test_texts(void **state)
{
	(void)state;
	check(pinyin_full, "娄底市娄星区", "loudishilouxingqu");
	check(pinyin_initials, "娄底市娄星区", "ldslxq");
	check(pinyin_full, "重庆市", "chongqingshi");
	check(pinyin_full, "重型机械", "zhongxingjixie");
	check(pinyin_full, "厦门银行大厦", "xiamenyinhangdasha");
	check(pinyin_initials, "厦门银行大厦", "xmyhds");
	check(pinyin_full, "成都", "chengdu");
	check(pinyin_full, "东莞市", "dongguanshi");
	check(pinyin_full, "弼唐社区", "bitangshequ");
	check(pinyin_full, "单县", "shanxian");
	check(pinyin_full, "区公安局", "qugonganju");
	check(pinyin_initials, "ＴＣＬ 集团（第3分厂）", "tcljtd3fc");
	check(pinyin_full, "A-Link 科技", "alinkkeji");
	check(pinyin_full, "", "");
	check(pinyin_full, "（）、 ", "");
}

static void test_persons(void **state)
{
	(void)state;
	check(pinyin_person_full, "单演示", "shanyanshi");
	check(pinyin_full, "单演示", "danyanshi");
	check(pinyin_person_full, "曾单", "zengdan");
	check(pinyin_person_full, "尉迟演示", "yuchiyanshi");
	check(pinyin_person_initials, "单于演示", "cyys");
	check(pinyin_person_full, "李银行", "liyinxing"); /* words are for places and firms */
	check(pinyin_person_full, "欧阳演示", "ouyangyanshi");
	check(pinyin_person_initials, "演示甲001", "ysj001");
}

static void test_limits(void **state)
{
	(void)state;
	char out[8];
	memset(out, 'x', sizeof out);
	assert_int_equal(pinyin_full("中山市", out, sizeof out), 12);
	assert_string_equal(out, "zhong"); /* no half syllable */
	assert_int_equal(pinyin_full("中山阿", out, sizeof out), 10);
	assert_string_equal(out, "zhong"); /* nothing after the first that had no room, short as it is */
	assert_int_equal(pinyin_full("中山市", NULL, 0), 12);
	assert_int_equal(pinyin_initials("中山市", out, 1), 3);
	assert_string_equal(out, "");
	assert_int_equal(pinyin_full("\xE4\xB8", out, sizeof out), 0);
	assert_string_equal(out, "");
	assert_int_equal(pinyin_full("中\xFF", out, sizeof out), 0);
	assert_string_equal(out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_surnames),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_persons),
		cmocka_unit_test(test_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
