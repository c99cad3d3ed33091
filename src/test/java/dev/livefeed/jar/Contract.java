package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Checks the responses of a run against the API document that it serves. */
final class Contract {

    private final Jar jar;
    private final JsonNode document;

    Contract(Jar jar) {
        this.jar = jar;
        this.document = jar.json("/openapi.json");
    }

    JsonNode document() {
        return document;
    }

    /** All described paths but the stream of events, whose response has no end. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        document.path("paths").fieldNames().forEachRemaining(paths::add);
        paths.remove("/stream");
        return paths;
    }

    /** Methods of a path, in lower case. */
    List<String> methods(String path) {
        List<String> methods = new ArrayList<>();
        document.path("paths").path(path).fieldNames().forEachRemaining(methods::add);
        return methods;
    }

    /** Sends a request and checks that the status is described for the path and the body matches its schema. */
    HttpResponse<String> check(String pathAndQuery) {
        return check("get", pathAndQuery.replaceAll("\\?.*", ""), jar.get(pathAndQuery));
    }

    /** Checks a response; the path is that of the document. */
    HttpResponse<String> check(String method, String path, HttpResponse<String> answer) {
        JsonNode response = document.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(Integer.toString(answer.statusCode()));
        if (response.has("$ref")) {
            response = document.at(response.get("$ref").asText().substring(1));
        }
        assertThat(response.isObject())
                .as("status %d of %s %s is described: %s", answer.statusCode(), method, path, answer.body())
                .isTrue();
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        ObjectNode schema = (ObjectNode)
                response.path("content").path("application/json").path("schema").deepCopy();
        schema.set("components", document.path("components"));
        var faults = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(Jar.parse(answer.body()), run -> run.getExecutionConfig()
                        .setFormatAssertionsEnabled(true));
        assertThat(faults)
                .as("%s %s: %s", method, answer.request().uri(), answer.body())
                .isEmpty();
        return answer;
    }
}
