package dev.livefeed.app.api.response;

/** A body whose HTTP status depends on what it says. */
public interface StatusResponse {

    /** The HTTP status. */
    int httpStatus();
}
