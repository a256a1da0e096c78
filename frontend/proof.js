// The human check's widget, its style apart so that the page's policy need allow none within the page.
import "altcha/external";
