package dev.livefeed.app.route.library;

import dev.livefeed.app.route.library.ComponentArtifacts.Kind;
import dev.livefeed.naming.ClosestName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoSuchLanguageException;

/** Describes a component, data format or language that is not on the class path, and how to get it. */
public final class MissingComponent {

    /** Camel has no exception of its own for a data format. */
    private static final Pattern DATA_FORMAT = Pattern.compile("Data format '([^']+)' could not be created");

    private static final String ADD = "java -jar bybit-live-connector.jar add ";

    private MissingComponent() {}

    /** The reason if a failure is due to such a name, or null. */
    public static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoSuchEndpointException missing && missing.getUri() != null) {
                return text(Kind.COMPONENT, "component", missing.getUri().replaceAll(":.*", ""));
            }
            if (cause instanceof NoSuchLanguageException missing) {
                return text(Kind.LANGUAGE, "language", missing.getLanguage());
            }
            Matcher format = DATA_FORMAT.matcher(cause.getMessage() == null ? "" : cause.getMessage());
            if (format.find()) {
                return text(Kind.DATAFORMAT, "data format", format.group(1));
            }
        }
        return null;
    }

    private static String text(Kind kind, String word, String name) {
        ComponentArtifacts known = new ComponentArtifacts();
        if (known.of(kind, name) != null) {
            return "the " + word + " " + name + " is not installed; " + ADD + name + " installs it for the next start";
        }
        String closest = ClosestName.of(name, known.names(kind));
        return "there is no " + word + " " + name + (closest == null ? "" : "; the nearest is " + closest)
                + "; correct the name, or add the library that has it: " + ADD + "group:artifact:version";
    }
}
