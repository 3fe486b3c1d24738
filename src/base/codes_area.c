#include <string.h>

#include "base/codes.h"

static int number_at(const char *code, int from, int count)
{
	int number = 0;
	for (int i = from; i < from + count; i++)
		number = number * 10 + (code[i] - '0');
	return number;
}

static enum area_sort city_sort(int city)
{
	if (city == 90)
		return AREA_RUN_BY_PROVINCE;
	if (city >= 21 && city <= 50)
		return AREA_PREFECTURE;
	return city <= 70 ? AREA_CITY : AREA_NONE;
}

static enum area_sort county_sort(int province, int city, int county)
{
	/* Municipalities ran out of numbers for districts: 500151 is one; their counties are under 02. */
	if (province == 11 || province == 12 || province == 31 || province == 50)
		return city == 1 ? AREA_DISTRICT : AREA_COUNTY;
	if (county >= 81 || (city == 90 && county <= 20))
		return AREA_COUNTY_CITY;
	/* Under a prefecture 01-20 are cities: it has no districts. */
	if (county <= 20)
		return city_sort(city) == AREA_PREFECTURE ? AREA_COUNTY_CITY : AREA_DISTRICT;
	return county >= 71 ? AREA_DEVELOPMENT : AREA_COUNTY;
}

static enum area_sort town_sort(int town)
{
	return town <= 99 ? AREA_STREET : town <= 199 ? AREA_TOWN : town <= 399 ? AREA_TOWNSHIP : town <= 599 ? AREA_TOWN_LIKE : AREA_NONE;
}

static enum area_sort village_sort(int village)
{
	return village <= 199    ? AREA_COMMUNITY
		: village <= 399 ? AREA_VILLAGE
		: village <= 499 ? AREA_COMMUNITY_LIKE
		: village <= 599 ? AREA_VILLAGE_LIKE
				 : AREA_NONE;
}

enum area_sort area_sort(const char *code)
{
	char full[16] = "000000000000000";
	size_t size = strlen(code);
	if (size > 15 || strspn(code, "0123456789") != size || !(size % 3 == 0 || size == 2 || size == 4) || size == 3 || size == 0)
		return AREA_NONE;
	memcpy(full, code, size);
	int province = number_at(full, 0, 2), city = number_at(full, 2, 2), county = number_at(full, 4, 2);
	int town = number_at(full, 6, 3), village = number_at(full, 9, 3), grid = number_at(full, 12, 3);
	if (province < 11 || province > 82)
		return AREA_NONE;
	if (grid || village)
		return grid ? AREA_GRID : village_sort(village);
	if (town)
		return town_sort(town);
	if (county)
		return county_sort(province, city, county);
	return city ? city_sort(city) : AREA_PROVINCE;
}

const char *area_sort_text(enum area_sort sort)
{
	switch (sort) {
	case AREA_NONE: return NULL;
	case AREA_PROVINCE: return "Province|省级";
	case AREA_CITY: return "City|地级市";
	case AREA_PREFECTURE: return "Prefecture|地区（州、盟）";
	case AREA_RUN_BY_PROVINCE: return "Run by the province|省直辖县级行政区划";
	case AREA_DISTRICT: return "District|市辖区";
	case AREA_COUNTY: return "County|县（旗）";
	case AREA_COUNTY_CITY: return "County-level city|县级市";
	case AREA_DEVELOPMENT: return "Development zone (statistics only)|开发区（仅统计用）";
	case AREA_STREET: return "Street|街道";
	case AREA_TOWN: return "Town|镇";
	case AREA_TOWNSHIP: return "Township|乡";
	case AREA_TOWN_LIKE: return "Like a town|类似乡级单位";
	case AREA_COMMUNITY: return "Community|社区（居委会）";
	case AREA_VILLAGE: return "Village|村（村委会）";
	case AREA_COMMUNITY_LIKE: return "Like a community|类似居委会";
	case AREA_VILLAGE_LIKE: return "Like a village|类似村委会";
	case AREA_GRID: return "Grid|网格";
	}
	return NULL;
}
