package dev.livefeed.app.route.library;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Which artifact of Camel contains a component, data format or language. */
public final class ComponentArtifacts {

    /** What an artifact adds to routes. */
    public enum Kind {
        COMPONENT,
        DATAFORMAT,
        LANGUAGE
    }

    private static final String LIST = "components.txt";

    private final Map<Kind, Map<String, String>> artifacts = new TreeMap<>();

    /** Reads the list in the jar. */
    public ComponentArtifacts() {
        try (InputStream in = ComponentArtifacts.class.getResourceAsStream(LIST);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] words = line.split(" ");
                artifacts
                        .computeIfAbsent(
                                Kind.valueOf(words[0].toUpperCase(java.util.Locale.ROOT)), k -> new TreeMap<>())
                        .put(words[1], words[2]);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The artifact of the group {@code org.apache.camel}, or null if Camel has nothing of this name. */
    public String of(Kind kind, String name) {
        return artifacts.get(kind).get(name);
    }

    /** The artifact that has something of this name, components first, or is named so; null if there is none. */
    public String named(String name) {
        for (Kind kind : Kind.values()) {
            String artifact = of(kind, name);
            if (artifact != null) {
                return artifact;
            }
        }
        return artifacts.values().stream()
                        .anyMatch(known -> known.containsValue(name) || known.containsValue("camel-" + name))
                ? name.startsWith("camel-") ? name : "camel-" + name
                : null;
    }

    /** All names of a kind. */
    public Collection<String> names(Kind kind) {
        return Collections.unmodifiableCollection(artifacts.get(kind).keySet());
    }
}
