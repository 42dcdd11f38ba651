// Pages work without this file; it adds focus handling, counters, reveals and a quicker exit.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";

class QuickExit extends ExitThisPage {
  // The Back button must not lead a colleague or manager back to the enquiry, so its history entry is replaced.
  exitPage() {
    super.exitPage();
    window.location.replace(this.$button.href);
  }
}

class RevealingRadios extends Radios {
  // ARIA does not allow aria-expanded on a radio button; what it reveals comes next in reading order anyway.
  syncConditionalRevealWithInputState($input) {
    super.syncConditionalRevealWithInputState($input);
    $input.removeAttribute("aria-expanded");
  }
}

// govuk-frontend asks for an inline script here; our content security policy allows none.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  QuickExit,
  RevealingRadios,
  ServiceNavigation,
  SkipLink,
]) {
  createAll(component);
}
