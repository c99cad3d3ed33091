package dev.livefeed.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.RoutesBody;

/** Edits of the route files over HTTP. */
public final class RoutesApi {

    private final ApplicationState application;

    public RoutesApi(ApplicationState application) {
        this.application = application;
    }

    /**
     * Runs the last good version of a route file until the file is edited.
     *
     * @param body checked against the contract; without a file, all to whose edits failing routes are due
     * @throws ApiException 409 if that is not possible, 503 if the files cannot be read
     */
    public RoutesBody restore(JsonNode body) throws ApiException {
        return application.restoreRoutes(
                body.hasNonNull("file") ? body.get("file").asText() : null);
    }
}
