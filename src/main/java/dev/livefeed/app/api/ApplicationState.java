package dev.livefeed.app.api;

import dev.livefeed.app.api.response.ApplicationBody;
import java.util.List;

/** The section of health about the application itself: version and routes. */
public interface ApplicationState {

    /** Has no section and no warnings; used for trial runs of routes. */
    ApplicationState NONE = () -> null;

    /** The section of health; null if there is none. */
    ApplicationBody payload();

    /** Warnings that need an action by the operator, one line each. */
    default List<String> alarms() {
        return List.of();
    }
}
