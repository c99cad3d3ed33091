package dev.livefeed.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.app.settings.Settings;
import dev.livefeed.naming.ClosestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.main.Main;

/**
 * The names of Camel's own keys. An unknown key is a fault that names the closest known one, because Camel ends with a
 * stack trace or ignores it. A key that would make Camel duplicate a task of this program is a fault too.
 */
final class CamelKeys {

    /** Changes by which a variable is taken for a misspelt one of Camel's. */
    private static final String CAMEL = "camel.";

    private static final int MISSPELT = 2;

    private static final String METADATA = "/META-INF/camel-main-configuration-metadata.json";
    /** Groups whose keys are names that somebody gave. */
    private static final List<String> FREE = List.of(
            "camel.beans",
            "camel.component",
            "camel.context",
            "camel.dataformat",
            "camel.devConsole",
            "camel.globalOptions",
            "camel.jbang",
            "camel.kamelet",
            "camel.language",
            "camel.routeTemplate",
            "camel.variable");

    private static final String OWN_FILES =
            "this program loads the route files itself: name their folder by ROUTES_DIR";
    private static final String OWN_RELOAD = "this program takes edits of the route files itself: ROUTES_RELOAD";
    private static final String OWN_SETTINGS =
            "settings are read from application.properties in the working directory and from the environment";
    private static final String OWN_PORT = "there is one HTTP port: HTTP_HOST and HTTP_PORT";
    private static final String OWN_TRACING = "tracing is switched on by TRACING=opentelemetry";
    private static final String ALL_ROUTES =
            "every route has to run: set autoStartup: false on a route that must not start automatically";

    /** Keys that conflict with the program's own handling. */
    private static final Map<String, String> NOT_TAKEN = notTaken();

    private static final Map<String, Set<String>> KNOWN = known();
    private static final Set<String> GROUPS = groups();

    private CamelKeys() {}

    /** The faults of all keys of Camel's that are set, one line each. */
    static List<String> faults(Settings settings) {
        List<String> faults = new ArrayList<>();
        set(settings).forEach((shown, key) -> {
            String fault = fault(shown, key);
            if (fault != null) {
                faults.add(fault);
            }
        });
        return faults;
    }

    /**
     * The keys that are set to something else than the default: each by the name under which it was set, which may be
     * that of a variable.
     */
    static Map<String, String> set(Settings settings) {
        Map<String, String> keys = new TreeMap<>();
        settings.camelKeys().forEach(key -> keys.put(key, key));
        System.getProperties().stringPropertyNames().stream()
                .filter(key -> group(key) != null)
                .forEach(key -> keys.put("-D" + key, key));
        keys.putAll(CamelEnvironment.keys(settings.environment()));
        return keys;
    }

    /** @param shown the key as it was set: itself, or a variable */
    private static String fault(String shown, String key) {
        String group = group(key);
        boolean variable = !shown.endsWith(key);
        if (group == null) {
            // A variable may be meant for another program.
            String named = key.replaceAll("^camel\\.([^.]*).*", "$1");
            List<String> words =
                    GROUPS.stream().map(one -> one.substring(CAMEL.length())).toList();
            String close = variable ? ClosestName.of(named, words, MISSPELT) : ClosestName.any(named, words);
            return close == null
                    ? null
                    : shown + " is no key of Camel's: there is no group of this name; the closest is " + CAMEL + close
                            + ".…";
        }
        String why = NOT_TAKEN.get(CamelProperties.plain(key));
        if (why != null) {
            return shown + " is not taken: " + why;
        }
        Set<String> options = KNOWN.get(group);
        if (options == null) {
            return null;
        }
        String option = key.substring(Math.min(key.length(), group.length() + 1));
        String first = CamelProperties.plain(option).replaceAll("[.\\[].*", "");
        if (options.stream().anyMatch(known -> CamelProperties.plain(known).equals(first))
                && !(variable && option.contains("."))) {
            return null;
        }
        return shown + " is no key of Camel's: " + group + " has no " + option + "; the closest is " + group + "."
                + ClosestName.any(option, options);
    }

    /** The group of a key as Camel spells it, or null where there is none. */
    static String group(String key) {
        String plain = CamelProperties.plain(key);
        String longest = null;
        if (!plain.startsWith("camel.")) { // as every group does
            return null;
        }
        for (String group : GROUPS) {
            if (plain.startsWith(CamelProperties.plain(group) + ".")
                    && (longest == null || group.length() > longest.length())) {
                longest = group;
            }
        }
        return longest;
    }

    private static Set<String> groups() {
        Set<String> groups = new TreeSet<>(FREE);
        groups.addAll(KNOWN.keySet());
        return groups;
    }

    private static Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new LinkedHashMap<>();
        // Read as a stream: a tree of the whole file is costly at each start.
        try (InputStream in = Main.class.getResourceAsStream(METADATA);
                JsonParser json = new JsonFactory().createParser(in)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.START_ARRAY && !"properties".equals(json.currentName())) {
                    json.skipChildren();
                } else if (json.currentToken() == JsonToken.VALUE_STRING
                        && "name".equals(json.currentName())
                        && json.getParsingContext().getParent().inArray()) {
                    String name = json.getText();
                    int dot = name.lastIndexOf('.');
                    known.computeIfAbsent(name.substring(0, dot), group -> new TreeSet<>())
                            .add(name.substring(dot + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }

    private static Map<String, String> notTaken() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String key : List.of(
                "routesIncludePattern",
                "routesExcludePattern",
                "routesCollectorEnabled",
                "routesCollectorIgnoreLoadingError")) {
            keys.put("camel.main." + key, OWN_FILES);
        }
        for (String key : List.of(
                "routesReloadEnabled",
                "routesReloadDirectory",
                "routesReloadDirectoryRecursive",
                "routesReloadPattern",
                "routesReloadRemoveAllRoutes",
                "routesReloadRestartDuration",
                "contextReloadEnabled")) {
            keys.put("camel.main." + key, OWN_RELOAD);
        }
        for (String key : List.of(
                "autoStartup", "autoStartupExcludePattern", "routeFilterIncludePattern", "routeFilterExcludePattern")) {
            keys.put("camel.main." + key, ALL_ROUTES);
        }
        for (String key : List.of(
                "camel.main.autoConfigurationEnabled",
                "camel.main.fileConfigurations",
                "camel.main.cloudPropertiesLocation",
                "camel.main.overridePropertiesLocation",
                "camel.component.properties.overrideProperties",
                "camel.component.properties.environmentVariableMode",
                "camel.component.properties.systemPropertiesMode")) {
            keys.put(key, OWN_SETTINGS);
        }
        keys.put("camel.opentelemetry2.enabled", OWN_TRACING);
        keys.put("camel.server.host", OWN_PORT);
        keys.put("camel.server.port", OWN_PORT);
        Map<String, String> plain = new LinkedHashMap<>();
        keys.forEach((key, why) -> plain.put(CamelProperties.plain(key), why));
        return plain;
    }
}
