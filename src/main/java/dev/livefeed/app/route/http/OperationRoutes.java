package dev.livefeed.app.route.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.contract.OpenApi;
import dev.livefeed.app.api.contract.Operation;
import dev.livefeed.app.api.contract.RequestParameter;
import dev.livefeed.app.api.response.ErrorResponse;
import dev.livefeed.app.api.response.ResponseJson;
import dev.livefeed.app.api.response.StatusResponse;
import io.vertx.core.MultiMap;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * A route for each operation of the contract: checks the request, sends it to {@code direct:<operationId>}, and
 * writes the body as JSON. What goes wrong becomes a response here and nowhere else.
 */
public final class OperationRoutes extends RouteBuilder {

    private final OpenApi contract;

    public OperationRoutes(OpenApi contract) {
        this.contract = contract;
    }

    @Override
    public void configure() {
        onException(ApiException.class).handled(true).process(OperationRoutes::refuse);
        onException(Throwable.class).handled(true).logHandled(true).process(OperationRoutes::fail);
        for (Operation operation : contract.operations()) {
            from("platform-http:" + operation.path() + "?httpMethodRestrict=" + operation.method())
                    .routeId("http-" + operation.id())
                    .routeDescription(operation.summary())
                    .process(exchange -> check(operation, exchange))
                    .to(operation.endpoint())
                    .process(OperationRoutes::answer);
        }
    }

    private static void check(Operation operation, Exchange exchange) throws ApiException {
        HttpMessage message = exchange.getMessage(HttpMessage.class);
        MultiMap query = message.getRequest().params();
        for (String name : query.names()) {
            if (!operation.takes(name)) {
                throw ApiException.unknownParameter(name, operation.queryParameters());
            }
        }
        for (RequestParameter parameter : operation.parameters()) {
            String name = parameter.name();
            // Camel has the request's own headers, such as From, under the same names.
            List<String> given = parameter.inPath() ? inPath(message.getHeader(name)) : query.getAll(name);
            message.removeHeader(name);
            Object value = parameter.value(given);
            if (value != null) {
                message.setHeader(name, value);
            }
        }
        if (operation.body() != null) {
            String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
            message.setBody(operation.body().read(type, message.getBody(String.class)));
        }
    }

    /** A header of that name comes before it. */
    private static List<String> inPath(Object header) {
        return List.of(header instanceof List<?> all ? all.get(all.size() - 1).toString() : header.toString());
    }

    private static void answer(Exchange exchange) throws JsonProcessingException {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        Integer set = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        write(message, set != null ? set : body instanceof StatusResponse own ? own.httpStatus() : 200, body);
    }

    private static void refuse(Exchange exchange) throws JsonProcessingException {
        ApiException refusal = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, ApiException.class);
        write(exchange.getMessage(), refusal.status(), new ErrorResponse(refusal.getMessage()));
    }

    private static void fail(Exchange exchange) throws JsonProcessingException {
        write(
                exchange.getMessage(),
                500,
                new ErrorResponse(
                        "the program could not answer; its log says why, at route " + exchange.getFromRouteId()));
    }

    /** What came with the request does not go back with the response. */
    private static void write(Message message, int status, Object body) throws JsonProcessingException {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(ResponseJson.MAPPER.writeValueAsBytes(body));
    }
}
