package dev.livefeed.app.route.reload;

import dev.livefeed.naming.ClosestName;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.spi.Registry;

/** Describes a name in a route file that does not exist: what it is, the nearest known name, and what to do. */
final class UnknownName {

    /** Names of earlier versions, with what replaced them. */
    private static final Map<String, String> FORMER = Map.of(
            "bean contextDebug", "use the bean contextApi",
            "method payload of the bean rates", "use its method rates",
            "method tickSizes of the bean exchangeDesk", "remove the route, the connector reports tick sizes",
            "method tickSizes of the bean historyWorker", "remove the route, the connector reports tick sizes",
            "route from direct:answer", "remove the step, the HTTP endpoint writes the body as JSON",
            "route from direct:json", "remove the step, the HTTP endpoint writes the body as JSON");

    private UnknownName() {}

    /** The reason if a failure is due to an unknown bean or method, or null. */
    static String reason(String file, Throwable failure, Registry registry) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoSuchBeanException missing && missing.getName() != null) {
                return text(file, "bean", missing.getName(), "", beans(registry).keySet());
            }
            if (cause instanceof MethodNotFoundException missing && missing.getBean() != null) {
                String bean = beans(registry).entrySet().stream()
                        .filter(known -> known.getValue() == missing.getBean())
                        .map(Map.Entry::getKey)
                        .sorted()
                        .findFirst()
                        .orElse(missing.getBean().getClass().getName());
                return text(
                        file,
                        "method",
                        missing.getMethodName().replaceAll("\\(.*", ""),
                        " of the bean " + bean,
                        methods(missing.getBean()));
            }
        }
        return null;
    }

    /**
     * A name that no route file or bean defines.
     *
     * @param file that uses the name, or null
     * @param kind of the name, such as {@code bean}
     * @param of what the name belongs to, or empty
     * @param known all names of that kind
     */
    static String text(String file, String kind, String name, String of, Collection<String> known) {
        String former = FORMER.get(kind + " " + name + of);
        if (former != null) {
            return earlier(file, "there is no " + kind + " " + name + of + " any more", former);
        }
        String closest = ClosestName.of(name, known);
        String shown = closest != null
                ? "; the nearest is " + closest
                : known.isEmpty() || known.size() > 12
                        ? ""
                        : "; known are " + known.stream().sorted().collect(Collectors.joining(", "));
        return "there is no " + kind + " " + name + of + shown + "; correct the name"
                + (shipped(file) ? ", or replace the file by that of this version: " + command(file) : "");
    }

    /**
     * What a file of an earlier version uses that this version does not have.
     *
     * @param instead what to do in a file that this version does not ship
     */
    static String earlier(String file, String what, String instead) {
        return shipped(file)
                ? "a route file of an earlier version: " + what + "; replace the file by that of this version ("
                        + command(file) + ") and repeat your changes in it"
                : what + "; " + instead;
    }

    private static String command(String file) {
        return "unzip -p bybit-live-connector.jar routes/" + file;
    }

    private static boolean shipped(String file) {
        return file != null && UnknownName.class.getResource("/routes/" + file) != null;
    }

    private static Map<String, Object> beans(Registry registry) {
        return new LinkedHashMap<>(registry.findByTypeWithName(Object.class));
    }

    private static Set<String> methods(Object bean) {
        return Arrays.stream(bean.getClass().getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
