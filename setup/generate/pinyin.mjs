// Writes the C table behind src/base/pinyin.h: node setup/generate/pinyin.mjs FILE.c
// The reading of each character U+4E00..U+9FFF, without tone, is the first that pinyin-pro gives for it alone; its own
// list of family names gives the other readings. Words below are ours: pinyin-pro finds them by cutting sentences,
// which names are not.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pinyin } from 'pinyin-pro';

const FIRST = 0x4e00;
const LAST = 0x9fff;
const PLAIN = { toneType: 'none', type: 'array', v: true };

// Words in names of places and firms in which a character reads otherwise than alone.
const words = `
重庆 chong qing|重阳 chong yang|长子县 zhang zi xian|长官 zhang guan|校长 xiao zhang|村长 cun zhang|家长 jia zhang|厦门 xia men|蚌埠 beng bu
六安 lu an|六合区 lu he qu|铅山 yan shan|番禺 pan yu|西藏 xi zang|藏族 zang zu|乐清 yue qing|民乐 min yue|礼乐 li yue|音乐 yin yue|乐器 yue qi
东阿 dong e|大城县 dai cheng xian|大夫 dai fu|崆峒 kong tong|鸭绿江 ya lu jiang|什刹海 shi cha hai|大栅栏 da zha lan|趵突泉 bao tu quan
太行 tai hang|牟平 mu ping|银行 yin hang|商行 shang hang|分行 fen hang|支行 zhi hang|总行 zong hang|车行 che hang|药行 yao hang
行业 hang ye|粮行 liang hang|布行 bu hang|畜牧 xu mu|会计 kuai ji|调度 diao du|调剂 tiao ji|种植 zhong zhi|朝霞 zhao xia|参茸 shen rong
星宿 xing xiu|便宜坊 bian yi fang|率先 shuai xian|巷道 hang dao|解州 xie zhou|单县 shan xian|召陵 shao ling|盖州 gai zhou
浚县 xun xian|歙县 she xian|涡阳 guo yang|洪洞 hong tong|弼唐 bi tang
`;

// Double family names that read otherwise than their characters alone.
const doubles = '尉迟 yu chi|万俟 mo qi|单于 chan yu|长孙 zhang sun|澹台 tan tai|令狐 ling hu|鲜于 xian yu|宰父 zai fu|乐正 yue zheng|亓官 qi guan';

// Characters that names hardly ever use in the reading that is commonest in sentences.
const inNames = { 都: 'du', 莞: 'guan', 仡: 'ge', 枞: 'zong', 荥: 'xing', 犍: 'qian' };

// Family names that pinyin-pro does not list.
const surnames = { 种: 'chong', 秘: 'bi', 洗: 'xian', 祭: 'zhai', 隗: 'wei', 宓: 'mi', 黑: 'he', 覃: 'qin', 佴: 'nai' };

function reading(character, more) {
	const found = pinyin(character, { ...PLAIN, ...more });
	return found.length === 1 && /^[a-z]{1,6}$/.test(found[0]) ? found[0] : '';
}

function parse(list, surname) {
	return list.split(/[|\n]/).filter((entry) => entry.trim()).map((entry) => {
		const [text, ...syllables] = entry.trim().split(' ');
		if ([...text].length !== syllables.length || syllables.length > 4)
			throw new Error(`pinyin.mjs: not one syllable for each character: ${entry}`);
		return { text, surname, syllables };
	});
}

function rows(items, many) {
	const lines = [];
	for (let i = 0; i < items.length; i += many)
		lines.push('\t' + items.slice(i, i + many).join(', ') + ',');
	return lines.join('\n');
}

function table() {
	const plain = [];
	const family = [];
	for (let code = FIRST; code <= LAST; code++) {
		const character = String.fromCodePoint(code);
		const alone = reading(character);
		plain.push(inNames[character] ?? alone);
		const other = surnames[character] ?? reading(character, { surname: 'all' });
		if (other && other !== alone && other !== plain.at(-1))
			family.push({ code, syllable: other });
	}
	const known = plain.filter(Boolean).length;
	if (known < 20000)
		throw new Error(`pinyin.mjs: pinyin-pro gave a reading to ${known} characters only`);
	const alone = (character) => plain[character.codePointAt(0) - FIRST];
	const all = [...parse(words, false), ...parse(doubles, true)].filter((word) =>
		word.surname || [...word.text].some((character, i) => alone(character) !== word.syllables[i]));
	all.sort((one, other) => Buffer.compare(Buffer.from(one.text), Buffer.from(other.text)));
	const syllables = [...new Set(['', ...plain, ...family.map((name) => name.syllable), ...all.flatMap((word) => word.syllables)])].sort();
	return { plain, family, all, syllables, number: new Map(syllables.map((syllable, index) => [syllable, index])) };
}

function source({ plain, family, all, syllables, number }) {
	const cells = all.map(({ text, surname, syllables: parts }) =>
		`{"${text}", ${surname}, {${[...parts.map((part) => number.get(part)), 0, 0, 0, 0].slice(0, 4).join(', ')}}}`);
	return `/* Written by setup/generate/pinyin.mjs from the npm package pinyin-pro (MIT); do not edit. */
#include "base/pinyin.h"

const char pinyin_syllables[][7] = {
${rows(syllables.map((syllable) => `"${syllable}"`), 14)}
};

const uint16_t pinyin_readings[PINYIN_LAST - PINYIN_FIRST + 1] = {
${rows(plain.map((syllable) => number.get(syllable)), 24)}
};

const uint16_t pinyin_surnames[][2] = {
${rows(family.map(({ code, syllable }) => `{0x${code.toString(16).toUpperCase()}, ${number.get(syllable)}}`), 8)}
	{0, 0},
};

const struct pinyin_word pinyin_words[] = {
${rows(cells, 3)}
	{NULL, false, {0, 0, 0, 0}},
};
`;
}

const path = process.argv[2];
if (!path) {
	console.error('usage: node setup/generate/pinyin.mjs FILE.c');
	process.exit(2);
}
mkdirSync(dirname(path), { recursive: true });
// Moved into place at the end: a run that was cut short must not leave half a file that looks new to make.
writeFileSync(`${path}.new`, source(table()));
renameSync(`${path}.new`, path);
