package dev.livefeed.app.settings;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds placeholders of properties and environment variables: {@code {{my.key}}}, {@code {{env:MY_KEY}}}. */
public final class Placeholders {

    private static final Pattern PROPERTY =
            Pattern.compile("(?:\\{\\{\\s*+[?!]?+|\\bproperties:|\\bpropertiesExist:!?+)([A-Za-z0-9_.\\-]++)");

    private static final Pattern VARIABLE = Pattern.compile("\\b(?:env|sysenv)[:.]([A-Za-z0-9_]++)");

    private Placeholders() {}

    /** All names, in order of appearance. */
    public static Set<String> in(String text) {
        Set<String> names = new TreeSet<>();
        for (Pattern pattern : new Pattern[] {PROPERTY, VARIABLE}) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }
}
