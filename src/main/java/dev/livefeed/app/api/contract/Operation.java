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

    /** Whether the contract knows a parameter of this name. */
    public boolean takes(String name) {
        return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
    }

    /** The names of the parameters in the query. */
    public List<String> queryParameters() {
        return parameters.stream()
                .filter(parameter -> !parameter.inPath())
                .map(RequestParameter::name)
                .toList();
    }

    /** The endpoint that serves the operation. */
    public String endpoint() {
        return "direct:" + id;
    }
}
