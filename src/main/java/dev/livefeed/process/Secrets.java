package dev.livefeed.process;

import java.util.Collection;
import java.util.List;

/** Takes secrets out of text that comes from a connector, before it reaches a log, health or a dead letter. */
public final class Secrets {

    private final List<String> values;

    /** @param values the secrets; blank and very short ones are not looked for */
    public Secrets(Collection<String> values) {
        this.values = values.stream().filter(v -> v != null && v.length() >= 4).toList();
    }

    /** The text with each secret replaced; null stays null. */
    public String redact(String text) {
        String clean = text;
        if (clean != null) {
            for (String value : values) {
                clean = clean.replace(value, "***");
            }
        }
        return clean;
    }
}
