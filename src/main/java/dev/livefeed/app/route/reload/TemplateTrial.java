package dev.livefeed.app.route.reload;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;

/**
 * The part of a trial that makes routes from templates, once all files have been read. A fault is that of the file
 * with the templatedRoute if that was changed, otherwise that of the file with the template.
 */
final class TemplateTrial {

    private final DefaultCamelContext context;
    private final RouteWiring wiring;
    private final Map<String, RouteFileParts> parts;
    private final Set<String> changed;
    private final List<RouteFault> faults;
    private final Map<String, String> fileOfTemplate = new HashMap<>();
    /** Templates from which a route could be made: if the next one fails, it is not the template's fault. */
    private final Set<String> proven = new HashSet<>();

    /**
     * @param parts of all files that could be read, changed ones last
     * @param faults to be added to
     */
    TemplateTrial(
            DefaultCamelContext context,
            RouteWiring wiring,
            Map<String, RouteFileParts> parts,
            Set<String> changed,
            List<RouteFault> faults) {
        this.context = context;
        this.wiring = wiring;
        this.parts = parts;
        this.changed = changed;
        this.faults = faults;
        parts.forEach((file, declared) -> declared.templates().forEach(template -> {
            String id = template.id();
            String other = fileOfTemplate.putIfAbsent(id, file);
            if (other != null) {
                faults.add(new RouteFault(
                        file,
                        template.line(),
                        "routeTemplate " + id,
                        "routeTemplate id " + id + " is there already, in " + other
                                + "; each template needs an id of its own"));
            }
        }));
    }

    /** Makes the templated routes of a file. */
    void add(String file, RouteFileBuilder builder) {
        List<RouteFileParts.Instance> declared = parts.get(file).instances();
        List<TemplatedRouteDefinition> templated = builder.templated();
        for (int i = 0; i < Math.min(templated.size(), declared.size()); i++) {
            add(file, builder, templated.get(i), declared.get(i));
        }
    }

    private void add(
            String file, RouteFileBuilder builder, TemplatedRouteDefinition route, RouteFileParts.Instance instance) {
        RouteTemplateDefinition template = TemplatedRoutes.template(context, route.getRouteTemplateRef());
        if (instance.id() == null) {
            faults.add(new RouteFault(
                    file,
                    instance.line(),
                    "templatedRoute of " + instance.template(),
                    "the templatedRoute has no routeId; give it one, since positions, journal and metrics go by it"));
        } else if (wiring.fileOf(instance.id()) != null) {
            faults.add(new RouteFault(
                    file,
                    instance.line(),
                    "route " + instance.id(),
                    RouteWiring.duplicate(instance.id(), wiring.fileOf(instance.id()))));
        } else if (template == null) {
            wiring.untemplated(file, instance, fileOfTemplate.keySet());
        } else if (known(file, route, template, instance)) {
            make(file, builder, route, template, instance);
        }
    }

    private boolean known(
            String file,
            TemplatedRouteDefinition route,
            RouteTemplateDefinition template,
            RouteFileParts.Instance instance) {
        List<String> unknown = TemplatedRoutes.unknown(route, template);
        if (!unknown.isEmpty()) {
            String name = unknown.get(0);
            String owner = owner(file, template.getId());
            faults.add(new RouteFault(
                    owner,
                    owner.equals(file) ? instance.parameters().get(name) : null,
                    "route " + instance.id(),
                    "route " + instance.id() + " sets the parameter " + name + ", which the routeTemplate "
                            + template.getId() + " does not have; it has " + parameters(template)));
        }
        return unknown.isEmpty();
    }

    private static List<String> parameters(RouteTemplateDefinition template) {
        return template.getTemplateParameters() == null
                ? List.of()
                : template.getTemplateParameters().stream()
                        .map(RouteTemplateParameterDefinition::getName)
                        .toList();
    }

    private void make(
            String file,
            RouteFileBuilder builder,
            TemplatedRouteDefinition route,
            RouteTemplateDefinition template,
            RouteFileParts.Instance instance) {
        try {
            TemplatedRoutes.make(context, route, builder.resource());
            proven.add(template.getId());
            Route made = context.getRoute(instance.id());
            if (made != null) {
                wiring.add(
                        file, instance.line(), instance.id(), made.getEndpoint().getEndpointUri());
            }
        } catch (Throwable e) {
            faults.add(fault(file, template, instance, e));
        }
    }

    private RouteFault fault(
            String file, RouteTemplateDefinition template, RouteFileParts.Instance instance, Throwable failure) {
        RouteDefinition failed = context.getRouteDefinition(instance.id());
        String templateFile = fileOfTemplate.get(template.getId());
        String owner = owner(file, template.getId());
        RouteFault found =
                FaultLocator.in(owner, failed == null ? List.of() : List.of(failed), failure, context.getRegistry());
        boolean inTemplate = owner.equals(templateFile) && found.line() != null && !proven.contains(template.getId());
        String place = found.line() == null || inTemplate ? "" : ", at " + templateFile + ":" + found.line();
        String step = found.step() == null ? "route " + instance.id() : found.step();
        return new RouteFault(
                owner,
                inTemplate || !owner.equals(file) ? found.line() : Integer.valueOf(instance.line()),
                step,
                "route " + instance.id() + " of routeTemplate " + template.getId() + ": " + found.reason() + place);
    }

    private String owner(String file, String template) {
        String other = fileOfTemplate.get(template);
        return !changed.contains(file) && changed.contains(other) ? other : file;
    }
}
