package dev.livefeed.app.sink;

import java.util.function.UnaryOperator;

/**
 * What a client needs to know.
 *
 * @param venue the venue of all lines
 * @param settings values of settings by key, empty if not set
 * @param environment values of variables that may be set in the environment only, or null
 */
public record ClientSettings(String venue, UnaryOperator<String> settings, UnaryOperator<String> environment) {

    /** The value of a setting, empty if not set. */
    public String text(String key) {
        return settings.apply(key).strip();
    }

    /** The value of a variable of the environment, empty if not set. */
    public String variable(String name) {
        String value = environment.apply(name);
        return value == null ? "" : value;
    }
}
