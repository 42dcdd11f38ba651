from django.shortcuts import render


def organisations(request):
    return render(request, "signposting/support.html")
