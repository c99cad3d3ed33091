package dev.livefeed.app.sink;

import dev.livefeed.protocol.codec.EventForms;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The types of events that a sink can take. */
public final class SinkTypes {

    private SinkTypes() {}

    /**
     * Parses a comma-separated list.
     *
     * @throws IllegalArgumentException with the rule
     */
    public static Set<String> parse(String text) {
        Set<String> types = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String type : types) {
            if (!EventForms.types().contains(type)) {
                throw new IllegalArgumentException(
                        "it must be a comma-separated list of the types " + String.join(", ", EventForms.types()));
            }
        }
        return types;
    }
}
