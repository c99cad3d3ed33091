package dev.livefeed.app.route.reload;

import dev.livefeed.app.route.convert.EventValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Service;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainHttpServerFactory;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.CamelMetricsService;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.StartupConditionStrategy;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.OrderedLocationProperties;

/**
 * A disposable Camel with the application's configuration, including all {@code camel.*} settings: no port is bound, no
 * route starts, no metrics are collected.
 */
final class TrialCamel extends Main implements AutoCloseable {

    private static final String BEANS = "camel.beans.";

    private final Set<Object> notOurs = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, String> declared = new TreeMap<>();

    /**
     * Configures Camel without starting it.
     *
     * @param running the registry of the running context, or null; configured beans are taken from it, to avoid another
     *     connection pool or listener per trial
     */
    TrialCamel(Properties properties, Consumer<BiConsumer<String, Object>> beans, Registry running) {
        setShutdownStrategy(new SimpleMainShutdownStrategy());
        CamelSetup.prepare(
                this,
                remaining(properties, running),
                registry -> beans.accept((name, bean) -> {
                    // With two factories Camel uses neither.
                    if (!(bean instanceof MainHttpServerFactory)) {
                        notOurs.add(bean);
                        registry.accept(name, bean);
                    }
                }));
        bind("trialHttpServers", new NoHttpServers());
    }

    /** @throws RuntimeException if a Camel setting or a configured bean is invalid */
    DefaultCamelContext started() {
        init();
        EventValues.in(camelContext);
        camelContext.start();
        return (DefaultCamelContext) camelContext;
    }

    private Properties remaining(Properties properties, Registry running) {
        Properties remaining = new Properties();
        properties.forEach((key, value) -> {
            String name = beanOf(key.toString());
            Object bean = name == null || running == null ? null : running.lookupByName(name);
            if (bean == null || bean instanceof CamelContextAware || bean instanceof Service) {
                remaining.put(key, value);
                if (name != null && key.toString().length() == BEANS.length() + name.length()) {
                    declared.put(name, value.toString());
                }
            } else {
                notOurs.add(bean);
                bind(name, bean);
            }
        });
        return remaining;
    }

    private static String beanOf(String key) {
        return key.toLowerCase(Locale.ROOT).startsWith(BEANS)
                ? key.substring(BEANS.length()).replaceAll("[.\\[].*", "")
                : null;
    }

    @Override
    protected CamelContext createCamelContext() {
        DefaultCamelContext context = new DefaultCamelContext(false) {
            @Override
            public void addService(Object service, boolean stopOnShutdown, boolean forceStart) throws Exception {
                if (!(service instanceof CamelMetricsService)) {
                    super.addService(service, stopOnShutdown, forceStart);
                }
            }
        };
        context.disableJMX();
        context.getCamelContextExtension().setRegistry(registry);
        return context;
    }

    @Override
    protected void autoconfigure(CamelContext context) throws Exception {
        super.autoconfigure(context);
        context.disableJMX();
        context.setAutoStartup(false);
    }

    @Override
    protected void autoConfigurationStartupConditions(CamelContext context, OrderedLocationProperties configured)
            throws Exception {
        super.autoConfigurationStartupConditions(context, configured);
        context.getCamelContextExtension()
                .getContextPlugin(StartupConditionStrategy.class)
                .setEnabled(false);
    }

    @Override
    protected void configureLifecycle(CamelContext context) {
        // The trial ends with its result, not after a number of messages or seconds.
    }

    @Override
    public void close() {
        List<AutoCloseable> made = made();
        try {
            if (camelContext != null) {
                camelContext.stop();
            }
        } finally {
            made.forEach(TrialCamel::close);
        }
    }

    /** Beans created by a constructor; those of a factory method may be shared and are not closed. */
    private List<AutoCloseable> made() {
        List<AutoCloseable> made = new ArrayList<>();
        declared.forEach((name, value) -> {
            Object bean = registry.lookupByName(name);
            if (value.startsWith("#class:")
                    && value.indexOf('#', 1) < 0
                    && bean instanceof AutoCloseable closeable
                    && !notOurs.contains(bean)) {
                made.add(closeable);
            }
        });
        return made;
    }

    private static void close(AutoCloseable bean) {
        try {
            bean.close();
        } catch (Exception e) {
            // The trial is complete; a failure while closing a bean does not change the result.
        }
    }

    /** HTTP servers that never listen. */
    private static final class NoHttpServers implements MainHttpServerFactory {

        @Override
        public Service newHttpServer(CamelContext context, HttpServerConfigurationProperties configuration) {
            return new ServiceSupport() {};
        }

        @Override
        public Service newHttpManagementServer(
                CamelContext context, HttpManagementServerConfigurationProperties configuration) {
            return new ServiceSupport() {};
        }
    }
}
