package dev.livefeed.app.api.response;

/** A body that determines the HTTP status. */
public interface StatusResponse {

    /** The HTTP status. */
    int httpStatus();
}
