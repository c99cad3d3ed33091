package dev.livefeed.app.api.contract;

import java.util.List;

/**
 * An operation of the contract.
 *
 * @param id the operationId; its route is from {@code direct:<id>}
 * @param method in upper case
 * @param path with its parameters in braces
 * @param summary one line for people
 * @param body null if the operation has none
 */
public record Operation(
        String id, String method, String path, String summary, List<RequestParameter> parameters, RequestBody body) {

    /** The endpoint that serves the operation. */
    public String endpoint() {
        return "direct:" + id;
    }
}
