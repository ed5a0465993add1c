package io.segmentdrop.shell.config;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Binds the configuration and checks it before any other bean is made. It needs a {@link DefaultsReader}, from a static method,
 * since the checks run that early.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SegmentDropProperties.class)
public class ConfigurationWiring {

    @Bean
    static StrictValues strictValues() {
        return new StrictValues();
    }

    @Bean
    static StartupChecks startupChecks(DefaultsReader defaults) {
        return new StartupChecks(defaults, System.getProperty("sun.jnu.encoding", "nothing"));
    }

    @Bean
    static BeanFactoryPostProcessor refusalToStartUnsafe() {
        return beans -> beans.getBean(StartupChecks.class).check(beans.getBean(SegmentDropProperties.class));
    }

    @Bean
    DropPolicies dropPolicies(DefaultsReader defaults) {
        return new DropPolicies(defaults);
    }
}
