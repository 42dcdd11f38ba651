// Pages work without this file; it adds focus handling, counters, reveals, stages that fold and a quicker exit.
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
import { StepByStep } from "./step_by_step.js";

const exit = {
  // For this tab alone. Where a browser keeps nothing for us, leaving must work all the same.
  get wasTaken() {
    try {
      return sessionStorage.getItem("exit") === "taken";
    } catch {
      return false;
    }
  },
  set wasTaken(yes) {
    try {
      sessionStorage.setItem("exit", yes ? "taken" : "");
    } catch {}
  },
};

class QuickExit extends ExitThisPage {
  // Back must not lead a manager to the enquiry. So, unlike in govuk-frontend, the history entry of this page is
  // replaced, and earlier ones lead away again. Whoever opens an address anew is let in.
  constructor($root) {
    super($root);
    const [arrival] = performance.getEntriesByType("navigation");
    if (arrival?.type === "navigate") {
      exit.wasTaken = false;
    }
    window.addEventListener("pageshow", (event) => event.persisted && this.leaveAgain());
    this.leaveAgain();
  }

  leaveAgain() {
    if (exit.wasTaken) {
      this.exitPage();
    }
  }

  exitPage() {
    exit.wasTaken = true;
    this.$overlay = document.createElement("div");
    this.$overlay.className = "govuk-exit-this-page-overlay";
    this.$overlay.role = "alert";
    document.body.classList.add("govuk-exit-this-page-hide-content");
    document.body.append(this.$overlay);
    this.$overlay.textContent = this.i18n.t("activated");
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
  NotificationBanner,
  ErrorSummary, // after the banner, so that of the two it has the focus
  QuickExit,
  RevealingRadios,
  ServiceNavigation,
  SkipLink,
  StepByStep,
]) {
  createAll(component);
}
