package dev.livefeed.app.route.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.livefeed.app.api.access.SafeText;
import dev.livefeed.app.api.contract.ApiException;
import dev.livefeed.app.api.response.ErrorResponse;
import dev.livefeed.app.api.response.ResponseJson;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the responses of custom {@code platform-http} routes that fail, which would be empty. */
public final class CustomRouteErrors implements RoutePolicyFactory {

    private static final Logger LOG = LoggerFactory.getLogger(CustomRouteErrors.class);

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return route instanceof RouteDefinition definition
                        && definition.getInput() != null
                        && definition.getInput().getEndpointUri() != null
                        && definition.getInput().getEndpointUri().startsWith("platform-http:")
                ? new Responses()
                : null;
    }

    private static final class Responses extends RoutePolicySupport {

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            Exception failure = exchange.getException();
            if (failure == null) {
                return;
            }
            boolean refusal = failure instanceof ApiException;
            if (!refusal) {
                LOG.warn(
                        "http_route_failed route={} reason=\"{}\"",
                        route.getRouteId(),
                        SafeText.shown(failure.toString()));
            }
            Message message = exchange.getMessage();
            message.removeHeaders("*");
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, refusal ? ((ApiException) failure).status() : 500);
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            try {
                message.setBody(ResponseJson.MAPPER.writeValueAsBytes(new ErrorResponse(
                        refusal
                                ? failure.getMessage()
                                : "the program could not answer; its log says why, at route " + route.getRouteId())));
                exchange.setException(null);
            } catch (JsonProcessingException e) {
                failure.addSuppressed(e); // a text is always JSON; if it were not, the response would stay empty
            }
        }
    }
}
