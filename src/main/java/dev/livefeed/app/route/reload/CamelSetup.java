package dev.livefeed.app.route.reload;

import dev.livefeed.app.route.simple.ExactSimpleLanguage;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Configures Camel identically for the application and for each trial. */
public final class CamelSetup {

    private CamelSetup() {}

    /**
     * Passes settings and beans to Camel; routes are added elsewhere.
     *
     * @param properties all settings; Camel's own already include environment variables
     * @param beans binds the beans used by routes
     */
    public static void prepare(Main main, Properties properties, Consumer<BiConsumer<String, Object>> beans) {
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setOverrideProperties(properties);
        main.configure().withBasePackageScanEnabled(false);
        main.configure().withAutoConfigurationEnvironmentVariablesEnabled(false);
        main.configure().withRoutesIncludePattern("false");
        beans.accept(main::bind);
        main.bind(ExactSimpleLanguage.NAME, new ExactSimpleLanguage());
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport support) {
                // The settings already include the environment; it is still used for other placeholders.
                ((PropertiesComponent) support.getCamelContext().getPropertiesComponent())
                        .setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
            }
        });
    }
}
