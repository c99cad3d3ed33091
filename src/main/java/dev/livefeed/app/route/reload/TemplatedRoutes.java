package dev.livefeed.app.route.reload;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.model.TemplatedRouteParameterDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.util.StringHelper;

/**
 * Makes routes from templates. Camel's reload adds a changed template beside the old one and no templated route at
 * all, and it does not note which file a templated route is from.
 */
final class TemplatedRoutes {

    private TemplatedRoutes() {}

    static RouteTemplateDefinition template(CamelContext context, String id) {
        return model(context).getRouteTemplateDefinition(id);
    }

    /**
     * Makes a route, in place of the one that runs under its id.
     *
     * @param resource the file of the templatedRoute, which becomes that of the route
     */
    static void make(CamelContext context, TemplatedRouteDefinition instance, Resource resource) throws Exception {
        Model model = model(context);
        setDefaults(instance, model.getRouteTemplateDefinition(instance.getRouteTemplateRef()));
        context.getRouteController().stopRoute(instance.getRouteId());
        context.removeRoute(instance.getRouteId());
        try {
            model.addRouteFromTemplatedRoute(instance);
        } finally {
            RouteDefinition made = model.getRouteDefinition(instance.getRouteId());
            if (made != null) {
                made.setResource(resource);
            }
        }
    }

    /**
     * A variable of the environment that happens to have the name of a parameter, such as SYMBOL, would replace the
     * default.
     */
    private static void setDefaults(TemplatedRouteDefinition instance, RouteTemplateDefinition template) {
        if (template == null || template.getTemplateParameters() == null) {
            return;
        }
        List<TemplatedRouteParameterDefinition> all = new ArrayList<>();
        if (instance.getParameters() != null) {
            all.addAll(instance.getParameters());
        }
        for (RouteTemplateParameterDefinition parameter : template.getTemplateParameters()) {
            if (parameter.getDefaultValue() != null
                    && all.stream().noneMatch(one -> same(one.getName(), parameter.getName()))) {
                all.add(new TemplatedRouteParameterDefinition(parameter.getName(), parameter.getDefaultValue()));
            }
        }
        instance.setParameters(all);
    }

    /** The parameters of a templatedRoute that its template does not have. */
    static List<String> unknown(TemplatedRouteDefinition instance, RouteTemplateDefinition template) {
        List<RouteTemplateParameterDefinition> known =
                template.getTemplateParameters() == null ? List.of() : template.getTemplateParameters();
        return instance.getParameters() == null
                ? List.of()
                : instance.getParameters().stream()
                        .map(TemplatedRouteParameterDefinition::getName)
                        .filter(name -> known.stream().noneMatch(one -> same(name, one.getName())))
                        .toList();
    }

    /** Camel takes dashed names for camel case. */
    private static boolean same(String one, String other) {
        return StringHelper.dashToCamelCase(one).equals(StringHelper.dashToCamelCase(other));
    }

    /** Removes templates; the routes made from them stay. */
    static void forget(CamelContext context, Set<String> templates) throws Exception {
        Model model = model(context);
        for (RouteTemplateDefinition template : List.copyOf(model.getRouteTemplateDefinitions())) {
            if (templates.contains(template.getId())) {
                model.removeRouteTemplateDefinition(template);
            }
        }
    }

    private static Model model(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(Model.class);
    }
}
