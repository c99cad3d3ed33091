package dev.livefeed.app.api;

import dev.livefeed.app.api.response.ApplicationBody;
import java.util.List;

/** What health shows of the application itself: version, routes. */
public interface ApplicationState {

    /** Of an application that is only tried. */
    ApplicationState NONE = () -> null;

    /** The section of health; null if there is none. */
    ApplicationBody payload();

    /** What an operator has to do something about, one line each. */
    default List<String> alarms() {
        return List.of();
    }
}
