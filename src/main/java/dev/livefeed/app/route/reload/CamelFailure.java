package dev.livefeed.app.route.reload;

import java.util.Arrays;
import java.util.Properties;
import org.apache.camel.PropertyBindingException;

/** Describes in one line why Camel cannot be configured, with the responsible setting if known, but never its value. */
public final class CamelFailure {

    private CamelFailure() {}

    /** @param properties the settings passed to Camel */
    public static String reason(Throwable failure, Properties properties) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PropertyBindingException binding && binding.getOptionPrefix() != null) {
                String option = binding.getOptionKey() == null ? binding.getPropertyName() : binding.getOptionKey();
                return binding.getOptionPrefix().replaceAll("\\.$", "") + "." + option + " cannot be set: "
                        + (binding.getCause() == null
                                ? "there is no such option"
                                : RouteTrial.oneLine(binding.getCause()));
            }
        }
        String reason = RouteTrial.oneLine(failure);
        String bean = bean(failure, reason, properties);
        return bean == null ? reason : bean + ": " + reason;
    }

    /** The setting that names the failing class, or null. */
    private static String bean(Throwable failure, String reason, Properties properties) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key);
            if (key.startsWith("camel.beans.") && value.startsWith("#class:")) {
                String name = value.substring(7).replaceAll("[#(].*", "");
                if (reason.contains(name)
                        || Arrays.stream(cause.getStackTrace())
                                .anyMatch(at -> at.getClassName().equals(name))) {
                    return key;
                }
            }
        }
        return null;
    }
}
