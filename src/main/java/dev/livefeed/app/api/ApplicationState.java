package dev.livefeed.app.api;

import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.ApplicationBody;
import dev.livefeed.app.api.response.RoutesBody;
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

    /**
     * Runs the last good version of a route file until the file is edited.
     *
     * @param file null for all to whose edits failing routes are due
     * @return the state of the routes
     * @throws ApiException 409 if there is none, or it does not run any more, 503 if the files cannot be read
     */
    default RoutesBody restoreRoutes(String file) throws ApiException {
        throw new ApiException(
                409, "edits of the routes are not detected: they are those of the jar, or " + "ROUTES_RELOAD is false");
    }
}
