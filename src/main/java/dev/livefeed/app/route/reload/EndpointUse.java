package dev.livefeed.app.route.reload;

import java.util.List;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;

/**
 * The step that sends to an endpoint.
 *
 * @param file that holds the step, or null if unknown
 * @param line counted from 1, or null if unknown
 * @param owner the route or routeConfiguration, such as {@code route trades}
 */
record EndpointUse(String file, Integer line, String owner) {

    /** The first step that sends to the endpoint, or null if there is none. */
    static EndpointUse first(
            ModelCamelContext context, List<RouteConfigurationDefinition> configurations, String target) {
        for (RouteConfigurationDefinition configuration : configurations) {
            for (OnExceptionDefinition handler : configuration.getOnExceptions()) {
                EndpointUse use =
                        in(context, handler.getOutputs(), target, "routeConfiguration " + configuration.getId());
                if (use != null) {
                    return use;
                }
            }
        }
        for (RouteDefinition route : context.getRouteDefinitions()) {
            EndpointUse use = in(context, route.getOutputs(), target, "route " + route.getRouteId());
            if (use != null) {
                return use;
            }
        }
        return null;
    }

    private static EndpointUse in(
            ModelCamelContext context, List<ProcessorDefinition<?>> steps, String target, String owner) {
        for (SendDefinition<?> step : ProcessorDefinitionHelper.filterTypeInOutputs(steps, SendDefinition.class)) {
            String uri = step.getUri() == null ? "" : resolved(context, step.getUri());
            if (RouteWiring.plain(uri).equals(target)) {
                String location = step.getLocation();
                return new EndpointUse(
                        location == null ? null : RouteFiles.name(location),
                        step.getLineNumber() > 0 ? step.getLineNumber() : null,
                        owner);
            }
        }
        return null;
    }

    /** The parameters of a template are known only where its route is made. */
    private static String resolved(ModelCamelContext context, String uri) {
        try {
            return context.resolvePropertyPlaceholders(uri);
        } catch (IllegalArgumentException e) {
            return uri;
        }
    }
}
