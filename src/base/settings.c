#include "base/settings.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char *from_flag(const struct settings *settings, const char *name)
{
	size_t size = strlen(name);
	for (int i = 0; i < settings->count; i++) {
		const char *argument = settings->arguments[i];
		if (strncmp(argument, "--", 2) != 0 || strncmp(argument + 2, name, size) != 0)
			continue;
		if (argument[2 + size] == '=')
			return argument + 3 + size;
		if (!argument[2 + size] && i + 1 < settings->count)
			return settings->arguments[i + 1];
	}
	return NULL;
}

static const char *from_environment(const struct settings *settings, const char *name)
{
	char *variable = arena_print(settings->arena, "MUSTER_%s", name);
	for (char *at = variable; *at; at++)
		*at = *at == '-' ? '_' : (char)toupper((unsigned char)*at);
	const char *value = getenv(variable);
	return value && *value ? value : NULL;
}

static const char *from_file(const struct settings *settings, const char *name)
{
	char line[1024];
	const char *found = NULL;
	FILE *file = fopen("muster.conf", "re");
	if (!file)
		file = fopen("/etc/muster/muster.conf", "re");
	if (!file)
		return NULL;
	while (!found && fgets(line, sizeof line, file)) {
		char *equals = strchr(line, '=');
		if (line[0] == '#' || !equals)
			continue;
		*equals = '\0';
		if (strcmp(text_trim(settings->arena, line), name) == 0)
			found = text_trim(settings->arena, equals + 1);
	}
	fclose(file);
	return found;
}

const char *setting(const struct settings *settings, const char *name, const char *otherwise)
{
	const char *found = from_flag(settings, name);
	if (!found)
		found = from_environment(settings, name);
	if (!found)
		found = from_file(settings, name);
	return found ? found : otherwise;
}

bool setting_flag(const struct settings *settings, const char *name)
{
	for (int i = 0; i < settings->count; i++)
		if (strncmp(settings->arguments[i], "--", 2) == 0 && strcmp(settings->arguments[i] + 2, name) == 0)
			return true;
	return false;
}

const char *setting_word(const struct settings *settings, int place, const char *flags)
{
	for (int i = 0; i < settings->count; i++) {
		const char *argument = settings->arguments[i];
		if (strncmp(argument, "--", 2) != 0) {
			if (place-- == 0)
				return argument;
		} else if (!strchr(argument, '=') && !text_listed(flags, ',', argument + 2)) {
			i++;
		}
	}
	return NULL;
}
